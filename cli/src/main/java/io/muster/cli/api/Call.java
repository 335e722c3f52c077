package io.muster.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request, without the server that it goes to. */
public final class Call {

    private static final String PODS = "/v2/pods";

    private final String method;
    private final String path;
    private final List<String> query = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte @Nullable [] body;

    private Call(String method, String path) {
        this.method = method;
        this.path = path;
        headers.put("Accept", "application/json");
    }

    /** A request for this path, which is encoded already; it takes JSON unless it says otherwise. */
    public static Call of(String method, String path) {
        return new Call(method, path);
    }

    public static Call get(String path) {
        return of("GET", path);
    }

    /**
     * The path of something of a pod.
     *
     * @param id with or without its first slash
     * @param suffix such as {@code ::status}; may be empty
     */
    public static String pod(String id, String suffix) {
        StringBuilder path = new StringBuilder(PODS);
        for (String segment : (id.startsWith("/") ? id.substring(1) : id).split("/", -1)) {
            path.append('/').append(segment(segment));
        }
        return path + suffix;
    }

    /** A text as one segment of a path. */
    public static String segment(String text) {
        return encode(text).replace("%3A", ":");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** With one more query parameter. */
    public Call with(String name, String value) {
        query.add(name + "=" + encode(value));
        return this;
    }

    /** With a query parameter, if there is a value for it. */
    public Call with(String name, Optional<String> value) {
        value.ifPresent(present -> with(name, present));
        return this;
    }

    /** With a query parameter that is true, or without it. */
    public Call with(String name, boolean value) {
        return value ? with(name, "true") : this;
    }

    public Call header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** With a body of JSON. */
    public Call json(byte[] json) {
        body = json.clone();
        return header("Content-Type", "application/json");
    }

    public String method() {
        return method;
    }

    /** The path with its query. */
    public String target() {
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<byte[]> body() {
        return Optional.ofNullable(body);
    }
}
