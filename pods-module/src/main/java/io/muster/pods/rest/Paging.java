package io.muster.pods.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriUtils;

/**
 * Which part of an ordered list a client wants. Without parameters that is the whole list, as in Marathon, which knows
 * no pages; the body is the same bare array either way, and where the next page is says a {@code Link} header
 * (RFC 8288).
 *
 * @param after only what follows this element, which need not exist
 * @param limit at most so many elements, 1 to {@value #MAX_LIMIT}; absent for all
 * @param <K> what the list is ordered by
 */
public record Paging<K>(Optional<K> after, OptionalInt limit) {

    public static final int MAX_LIMIT = 1000;

    /**
     * Reads the parameters {@code limit} and {@code after}.
     *
     * @param key reads what {@code after} may be; empty if the text is none
     * @param keyName what that is, such as {@code the id of a pod}
     * @throws ApiException 422 that names the parameter
     */
    public static <K> Paging<K> of(HttpServletRequest request, Function<String, Optional<K>> key, String keyName) {
        Optional<String> limit = Optional.ofNullable(request.getParameter("limit"));
        Optional<String> after = Optional.ofNullable(request.getParameter("after"));
        return new Paging<>(
                after.map(text -> key.apply(text)
                        .orElseThrow(() -> ApiException.unprocessable("after must be " + keyName
                                + ", the last of the page before, not '" + Requests.echo(text) + "'"))),
                limit.map(text -> OptionalInt.of((int) Requests.wholeNumber("limit", text, 1, MAX_LIMIT)))
                        .orElse(OptionalInt.empty()));
    }

    /**
     * A page, and how it goes on.
     *
     * @param next the {@code Link} header that leads on; absent on the last page
     */
    public record Page<T>(List<T> elements, Optional<String> next) {

        /** The headers to be sent with the page. */
        public HttpHeaders headers() {
            var headers = new HttpHeaders();
            next.ifPresent(link -> headers.set(HttpHeaders.LINK, link));
            return headers;
        }
    }

    /**
     * How many elements to look for, so that {@link #cut} sees whether there are more than were asked for.
     *
     * @param whole if all are wanted
     */
    public int wanted(int whole) {
        return limit.isPresent() ? limit.getAsInt() + 1 : whole;
    }

    /**
     * Cuts the one too many.
     *
     * @param found in order, behind {@link #after}, {@link #wanted} many if there are
     * @param keyOf what {@code after} has to be to go on behind an element
     * @param kept parameters that the next request has to carry too, as they were understood
     */
    public <T> Page<T> cut(
            HttpServletRequest request, List<T> found, Function<T, String> keyOf, Map<String, String> kept) {
        if (limit.isEmpty() || found.size() <= limit.getAsInt()) {
            return new Page<>(found, Optional.empty());
        }
        List<T> elements = found.subList(0, limit.getAsInt());
        var target = new StringBuilder(request.getRequestURI())
                .append("?limit=")
                .append(limit.getAsInt())
                .append("&after=")
                .append(encode(keyOf.apply(elements.getLast())));
        kept.forEach((name, value) ->
                target.append('&').append(encode(name)).append('=').append(encode(value)));
        return new Page<>(elements, Optional.of("<" + target + ">; rel=\"next\""));
    }

    private static String encode(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
