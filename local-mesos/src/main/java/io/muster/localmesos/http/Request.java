package io.muster.localmesos.http;

import java.util.Locale;
import java.util.Map;

/**
 * A request that was read completely.
 *
 * @param path without the query
 * @param headers by lower-case name; of a repeated header the values, joined by commas
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record Request(String method, String path, Map<String, String> headers, byte[] body) {
    /** The header's value, or an empty text if it is absent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public boolean hasHeader(String name) {
        return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }
}
