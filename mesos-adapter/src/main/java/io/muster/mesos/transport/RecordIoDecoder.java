package io.muster.mesos.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a stream into its records: {@code <length in decimal>\n<that many bytes>}, again and again, with nothing in
 * between (Mesos: {@code src/common/recordio.hpp}). The chunks in which the bytes arrive have no meaning: a border may
 * lie anywhere, even within a length. Not for several threads.
 */
final class RecordIoDecoder {

    /** Digits of the largest length that the format allows, an unsigned number of 64 bits. */
    private static final int MOST_DIGITS = 20;

    /** Memory for a record grows with its bytes from here on: a length alone costs nothing. */
    private static final int FIRST_BUFFER = 8 * 1024;

    private final int largestRecord;

    private int digits;
    private long length;
    /** Whether the length is read, and {@link #record} is being filled. */
    private boolean inRecord;

    private byte[] record = new byte[0];
    private int filled;

    /** @param largestRecord in bytes; a larger one is taken for garbage */
    RecordIoDecoder(int largestRecord) {
        this.largestRecord = largestRecord;
    }

    /**
     * The records that end in these bytes; the rest is kept for the next call.
     *
     * @throws MalformedStreamException if a length is missing, is no number or is too large; the decoder is of no use
     *     any more
     */
    List<byte[]> decode(ByteBuffer bytes) throws MalformedStreamException {
        List<byte[]> records = new ArrayList<>();
        while (bytes.hasRemaining()) {
            if (inRecord) {
                fill(bytes);
            } else {
                readLength(bytes.get());
            }
            if (inRecord && filled == length) {
                records.add(Arrays.copyOf(record, filled));
                startOver();
            }
        }
        return records;
    }

    private void readLength(byte next) throws MalformedStreamException {
        if (next == '\n' && digits > 0) {
            inRecord = true;
            record = new byte[(int) Math.min(length, FIRST_BUFFER)];
            return;
        }
        if (next < '0' || next > '9') {
            throw new MalformedStreamException(
                    "expected the length of a record, found byte " + Byte.toUnsignedInt(next));
        }
        digits++;
        length = length * 10 + (next - '0');
        if (length > largestRecord || digits > MOST_DIGITS) {
            throw new MalformedStreamException("a record is longer than " + largestRecord + " bytes");
        }
    }

    private void fill(ByteBuffer bytes) {
        int count = (int) Math.min(bytes.remaining(), length - filled);
        if (filled + count > record.length) {
            record = Arrays.copyOf(record, (int) Math.min(length, Math.max(filled + count, record.length * 2L)));
        }
        bytes.get(record, filled, count);
        filled += count;
    }

    private void startOver() {
        digits = 0;
        length = 0;
        inRecord = false;
        record = new byte[0];
        filled = 0;
    }
}
