package io.muster.cli.logs;

/** Where the last lines of a file begin. */
final class Tail {

    static final int PIECE = 50_000;

    /** Lines may be long, and whoever asks for their end does not want to wait for all of them. */
    private static final long FURTHEST = 16L << 20;

    private Tail() {}

    /**
     * The first byte of the last so many lines; a last line without an end counts.
     *
     * @param lines 0 for the end of the file
     */
    static long begin(LogFile file, int lines) throws InterruptedException {
        long size = file.size();
        long furthest = Math.max(0, size - FURTHEST);
        long end = size;
        int found = 0;
        while (end > furthest && lines > 0) {
            long begin = Math.max(furthest, end - PIECE);
            byte[] piece = file.read(begin, (int) (end - begin));
            for (int i = Math.min(piece.length, (int) (end - begin)) - 1; i >= 0; i--) {
                boolean last = begin + i == size - 1;
                if (piece[i] == '\n' && !last && ++found == lines) {
                    return begin + i + 1;
                }
            }
            end = begin;
        }
        return lines == 0 ? size : furthest;
    }
}
