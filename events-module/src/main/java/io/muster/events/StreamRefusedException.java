package io.muster.events;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The request gets no stream. The message says why, and what to do. */
public final class StreamRefusedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final @Nullable Duration retryAfter;

    private StreamRefusedException(HttpStatus status, String message, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** 405, which clients of Marathon know, where RFC 9110 would have a 406. */
    public static StreamRefusedException notAskedFor() {
        return new StreamRefusedException(
                HttpStatus.METHOD_NOT_ALLOWED,
                "Events are sent as a stream only; ask for it with the header Accept: text/event-stream",
                null);
    }

    /** 503: the server serves as many streams as it may, or none at the moment. */
    public static StreamRefusedException notNow(String message, Duration retryAfter) {
        return new StreamRefusedException(HttpStatus.SERVICE_UNAVAILABLE, message, retryAfter);
    }

    public HttpStatus status() {
        return status;
    }

    /** In whole seconds; empty where the same request will be refused again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
