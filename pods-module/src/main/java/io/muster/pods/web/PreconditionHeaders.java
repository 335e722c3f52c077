package io.muster.pods.web;

import io.muster.history.Version;
import io.muster.pods.application.Preconditions;
import io.muster.pods.application.Preconditions.Tags;
import io.muster.pods.rest.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * {@code If-Match} and {@code If-None-Match} of a change (RFC 9110, 13.1).
 *
 * <p>The RFC lets a weak tag match nothing in {@code If-Match}. Here it is taken for the strong one: a client that
 * accepts gzip has never seen any other (see {@link io.muster.pods.rest.EntityTags}), and both stand for one version.
 */
final class PreconditionHeaders {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
    private static final Pattern SEPARATORS = Pattern.compile("[ \\t,]*");

    private PreconditionHeaders() {}

    /**
     * What the client demands.
     *
     * @throws ApiException 400 if a header cannot be read: ignoring it could overwrite what the client has not seen
     */
    static Preconditions read(HttpServletRequest request) {
        return new Preconditions(read(request, HttpHeaders.IF_MATCH), read(request, HttpHeaders.IF_NONE_MATCH));
    }

    private static Optional<Tags> read(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(tags(header, String.join(",", lines).strip()));
    }

    private static Tags tags(String header, String text) {
        if (text.equals("*")) {
            return new Tags.Any();
        }
        Set<Version> versions = new HashSet<>();
        Matcher separators = SEPARATORS.matcher(text);
        Matcher tag = TAG.matcher(text);
        int position = skip(separators, 0);
        while (position < text.length()) {
            if (!tag.region(position, text.length()).lookingAt()) {
                throw ApiException.badRequest(
                        header + " cannot be read",
                        "It must be * or a list of tags in double quotes, as the ETag header has them");
            }
            version(tag.group(1)).ifPresent(versions::add);
            position = skip(separators, tag.end());
        }
        return new Tags.OneOf(versions);
    }

    private static int skip(Matcher separators, int position) {
        return separators.region(position, separators.regionEnd()).lookingAt() ? separators.end() : position;
    }

    /** Tags of others are none of ours, also if they would name the same instant. */
    private static Optional<Version> version(String tag) {
        return Version.parse(tag).filter(version -> version.toString().equals(tag));
    }
}
