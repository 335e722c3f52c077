package io.muster.localmesos.http;

import java.util.Locale;
import java.util.Map;

/**
 * A request that was read completely.
 *
 * @param path without the query
 * @param query what follows the question mark, not decoded; empty without one
 * @param headers by lower-case name; of a repeated header the values, joined by commas
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record Request(String method, String path, String query, Map<String, String> headers, byte[] body) {
    /** A request without a query. */
    public Request(String method, String path, Map<String, String> headers, byte[] body) {
        this(method, path, "", headers, body);
    }

    /** The header's value, or an empty text if it is absent. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public boolean hasHeader(String name) {
        return headers.containsKey(name.toLowerCase(Locale.ROOT));
    }
}
