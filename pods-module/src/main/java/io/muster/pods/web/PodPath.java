package io.muster.pods.web;

import io.muster.history.PodId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/**
 * Where a path below {@code /v2/pods} leads. Ids contain slashes and routes go on behind them with {@code ::}, which no
 * path pattern can say; here such a path becomes one whose id is a single segment: {@code /v2/pods//a/b/::versions/x}
 * becomes {@code /v2/pods/a%2Fb::versions/x}. The launch queue names pods in the middle of a path: {@code
 * /v2/queue//a/b/delay} becomes {@code /v2/queue/a%2Fb/delay}.
 */
final class PodPath {

    static final String ROOT = "/v2/pods";

    private static final String QUEUE = "/v2/queue";
    private static final String DELAY = "/delay";

    private PodPath() {}

    /**
     * The path to route by.
     *
     * @param path as it was sent, nothing decoded, without a context path
     * @return empty if the path is none of ours
     */
    static Optional<String> route(String path) {
        if (path.startsWith(QUEUE + "/") && path.endsWith(DELAY) && path.length() > QUEUE.length() + DELAY.length()) {
            String id = path.substring(QUEUE.length(), path.length() - DELAY.length());
            return Optional.of(QUEUE + "/" + segment(PodId.canonical(decode(id)).substring(1)) + DELAY);
        }
        if (!path.equals(ROOT) && !path.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        String rest = path.substring(ROOT.length());
        int suffix = rest.indexOf("::");
        String id = PodId.canonical(decode(suffix < 0 ? rest : rest.substring(0, suffix)))
                .substring(1);
        if (suffix < 0) {
            return Optional.of(id.isEmpty() ? ROOT : ROOT + "/" + segment(id));
        }
        return Optional.of(ROOT + "/" + segment(id) + "::" + collapse(rest.substring(suffix + 2)));
    }

    /** An encoded id that is broken stays as it is: it is no legal id then, and refused as such. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }

    /** Colons are encoded twice: one that was sent encoded must not turn into the beginning of a suffix. */
    private static String segment(String id) {
        return UriUtils.encode(id.replace(":", "%3A"), StandardCharsets.UTF_8);
    }

    private static String collapse(String suffix) {
        return Arrays.stream(suffix.split("/"))
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.joining("/"));
    }
}
