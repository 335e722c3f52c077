package io.muster.pods.web;

import io.muster.pods.Instructions;
import io.muster.pods.OnFailure;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The query parameters of a change that say how it is to be brought out. */
final class RolloutParameters {

    private static final long LONGEST_TIMEOUT = Duration.ofDays(366).toSeconds();
    private static final int MOST_FAILURES = 1_000_000;

    private RolloutParameters() {}

    /**
     * Reads {@code force}, {@code reason}, {@code onFailure}, {@code timeoutSeconds} and {@code maxFailures}.
     *
     * @throws ApiException 422 that names the parameter
     */
    static Instructions read(HttpServletRequest request, @Nullable Principal user) {
        return new Instructions(
                Requests.isTrue(request.getParameter("force")),
                false,
                Optional.ofNullable(user).map(Principal::getName),
                Requests.reason(request),
                Optional.ofNullable(request.getParameter("onFailure")).map(RolloutParameters::onFailure),
                Optional.ofNullable(request.getParameter("timeoutSeconds"))
                        .map(text ->
                                Duration.ofSeconds(Requests.wholeNumber("timeoutSeconds", text, 1, LONGEST_TIMEOUT))),
                Optional.ofNullable(request.getParameter("maxFailures"))
                        .map(text -> OptionalInt.of((int) Requests.wholeNumber("maxFailures", text, 0, MOST_FAILURES)))
                        .orElse(OptionalInt.empty()),
                Optional.empty(),
                Optional.of(Requests.source(request)));
    }

    private static OnFailure onFailure(String text) {
        return switch (text) {
            case "continue" -> OnFailure.CONTINUE;
            case "pause" -> OnFailure.PAUSE;
            case "rollback" -> OnFailure.ROLLBACK;
            default ->
                throw ApiException.unprocessable(
                        "onFailure must be continue, pause or rollback, not '" + Requests.echo(text) + "'");
        };
    }
}
