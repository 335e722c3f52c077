package io.muster.localmesos.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is answered: all at once, or a stream that stays open. */
public sealed interface Response {
    int status();

    Map<String, String> headers();

    /** A response whose body is known. */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared never
    record Whole(int status, Map<String, String> headers, byte[] body) implements Response {}

    /** A chunked response that lasts as long as the stream. */
    record Streamed(int status, Map<String, String> headers, ChunkStream stream) implements Response {}

    static Response empty(int status) {
        return new Whole(status, Map.of(), new byte[0]);
    }

    static Response text(int status, String text) {
        return new Whole(
                status, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8));
    }
}
