package io.muster.pods.rest;

import io.muster.history.Version;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** Entity tags (RFC 9110, 8.8.3) of documents that a version determines. */
public final class EntityTags {

    private EntityTags() {}

    /**
     * The value of the {@code ETag} header: strong, but weak for a client that accepts gzip. The same version is sent
     * plain and compressed then, and Tomcat leaves an answer with a strong tag uncompressed; nginx weakens tags alike.
     */
    public static String of(Version version, HttpServletRequest request) {
        String strong = "\"" + version + "\"";
        return acceptsGzip(request) ? "W/" + strong : strong;
    }

    private static boolean acceptsGzip(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)).stream()
                .anyMatch(codings -> codings.toLowerCase(Locale.ROOT).contains("gzip"));
    }
}
