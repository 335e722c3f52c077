package io.muster.localmesos.wire;

import java.nio.charset.StandardCharsets;

/** The framing of the event stream: {@code <length in decimal>\n<that many bytes>}, nothing before, between or after. */
public final class RecordIo {
    private RecordIo() {}

    /** The record as it goes over the wire; the length counts bytes, not characters. */
    public static byte[] frame(byte[] record) {
        byte[] head = (record.length + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] framed = new byte[head.length + record.length];
        System.arraycopy(head, 0, framed, 0, head.length);
        System.arraycopy(record, 0, framed, head.length, record.length);
        return framed;
    }
}
