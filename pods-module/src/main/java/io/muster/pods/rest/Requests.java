package io.muster.pods.rest;

import io.muster.history.PodId;
import io.muster.pods.ClientRequest;
import io.muster.pods.model.Validation;
import io.muster.pods.model.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Readings of the parts of a request that are the same on all routes. */
public final class Requests {

    private static final int MAX_ECHO = 100;
    private static final int MAX_REASON = 500;

    /** The attribute of a request whose path was rewritten: the path that was sent. */
    public static final String SENT_URI = Requests.class.getName() + ".sentUri";

    private Requests() {}

    /** Who sent it, and where to. */
    public static ClientRequest source(HttpServletRequest request) {
        return new ClientRequest(
                request.getRemoteAddr(),
                request.getAttribute(SENT_URI) instanceof String sent ? sent : request.getRequestURI());
    }

    /**
     * The pod that a path names.
     *
     * @param raw the path variable, as it was decoded
     * @throws ApiException 422 with the path {@code /} if no pod can have that name
     */
    public static PodId podId(String raw) {
        String canonical = PodId.canonical(raw);
        List<Violation> violations = Validation.checkPathId(canonical);
        if (!violations.isEmpty()) {
            throw ApiException.invalid(violations);
        }
        return new PodId(canonical);
    }

    /** Marathon's rule for boolean query parameters: only the text {@code true}, in any case, is true. */
    public static boolean isTrue(@Nullable String parameter) {
        return "true".equalsIgnoreCase(parameter);
    }

    /**
     * A query parameter that is a number.
     *
     * @param name of the parameter, for the refusal
     * @throws ApiException 422 that names the parameter and what it may be
     */
    public static long wholeNumber(String name, String text, long min, long max) {
        OptionalLong number = number(text);
        if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
            throw ApiException.unprocessable(
                    "%s must be a whole number from %d to %d, not '%s'".formatted(name, min, max, echo(text)));
        }
        return number.getAsLong();
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    /**
     * Why somebody asks for this, in the parameter {@code reason}; empty if he does not say.
     *
     * @throws ApiException 422 if it is longer than {@value #MAX_REASON} characters, or has a NUL
     */
    public static Optional<String> reason(HttpServletRequest request) {
        Optional<String> reason =
                Optional.ofNullable(request.getParameter("reason")).filter(text -> !text.isBlank());
        if (reason.filter(text -> text.length() > MAX_REASON || text.indexOf('\0') >= 0)
                .isPresent()) {
            throw ApiException.unprocessable(
                    "reason must have at most " + MAX_REASON + " characters, and no NUL among them");
        }
        return reason;
    }

    /** What was sent, short enough to be part of a message. */
    public static String echo(String text) {
        return text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "…";
    }
}
