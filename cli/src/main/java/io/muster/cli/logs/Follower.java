package io.muster.cli.logs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** One log on its way to the user: whole, or where there are several, line by line with a name before each. */
final class Follower {

    private final LogFile file;
    private final String prefix;
    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long offset;

    /** @param prefix empty for a log that is alone */
    Follower(LogFile file, long offset, String prefix, PrintStream out) {
        this.file = file;
        this.offset = offset;
        this.prefix = prefix;
        this.out = out;
    }

    /** Writes all there is now; answers whether there was anything. */
    boolean advance() throws InterruptedException {
        boolean any = false;
        for (byte[] piece = next(); piece.length > 0 && !out.checkError(); piece = next()) {
            any = true;
            offset += piece.length;
            write(piece);
        }
        out.flush();
        return any;
    }

    private byte[] next() throws InterruptedException {
        return file.read(offset, Tail.PIECE);
    }

    private void write(byte[] piece) {
        if (prefix.isEmpty()) {
            out.writeBytes(piece);
            return;
        }
        for (byte each : piece) {
            line.write(each);
            // A line without an end would be collected for ever.
            if (each == '\n' || line.size() > Tail.PIECE) {
                flushLine(each != '\n');
            }
        }
    }

    private void flushLine(boolean end) {
        out.print(prefix);
        out.writeBytes(line.toByteArray());
        if (end) {
            out.println();
        }
        line.reset();
    }

    /** Nothing comes any more: what there is of a last line is written. */
    void finish() {
        if (line.size() > 0) {
            flushLine(true);
        }
        out.flush();
    }
}
