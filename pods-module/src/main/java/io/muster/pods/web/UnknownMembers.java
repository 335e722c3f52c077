package io.muster.pods.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.web.util.UriUtils;

/** Tells a client which parts of his definition mean nothing here: he may have misspelt them. */
final class UnknownMembers {

    static final String HEADER = "Muster-Unknown-Fields";

    /** A header has to fit into the 8 KiB that an answer has for all of them. */
    private static final int MAX_LENGTH = 1000;

    private static final String MORE = ",...";

    private UnknownMembers() {}

    /**
     * The value of the header: paths separated by commas, and {@code ...} at the end if there was no room for all.
     * Members can have any name, so that what is no letter, digit or one of {@code /()-._~!$&'*+;=:@} is percent-encoded.
     *
     * @param paths at least one
     */
    static String header(List<String> paths) {
        var value = new StringBuilder();
        for (String path : paths) {
            String encoded = encode(path);
            if (value.length() + 1 + encoded.length() + MORE.length() > MAX_LENGTH) {
                return value.isEmpty() ? MORE.substring(1) : value.append(MORE).toString();
            }
            value.append(value.isEmpty() ? "" : ",").append(encoded);
        }
        return value.toString();
    }

    /** As in a URI, but for the comma, which separates here. */
    private static String encode(String path) {
        String beginning = path.length() <= MAX_LENGTH ? path : path.substring(0, MAX_LENGTH);
        return UriUtils.encodePath(beginning, StandardCharsets.UTF_8).replace(",", "%2C");
    }
}
