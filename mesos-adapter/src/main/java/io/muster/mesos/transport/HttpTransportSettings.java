package io.muster.mesos.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to speak HTTP with masters.
 *
 * @param masters addresses without a path, {@code http://host:port}; never empty, any of them may lead
 * @param callTimeout how long a master may take to answer a call, or to begin the stream of events
 * @param largestRecord the largest event, in bytes
 * @param waitingCalls how many calls may wait for their turn
 * @param credentials shown with every call, to these masters and to those they redirect to
 * @param tls what vouches for masters on https; empty for the authorities that the JDK knows
 */
public record HttpTransportSettings(
        List<URI> masters,
        Backoff backoff,
        Duration callTimeout,
        int largestRecord,
        int waitingCalls,
        Credentials credentials,
        Optional<SSLContext> tls) {

    private static final int MEBIBYTE = 1024 * 1024;

    public HttpTransportSettings {
        masters = List.copyOf(masters);
        if (masters.isEmpty()) {
            throw new IllegalArgumentException("masters: at least one is needed");
        }
        if (!callTimeout.isPositive()) {
            throw new IllegalArgumentException("callTimeout: must be positive, not " + callTimeout);
        }
        if (largestRecord < 1 || waitingCalls < 1) {
            throw new IllegalArgumentException("largestRecord and waitingCalls: must be positive");
        }
    }

    /** With the usual limits: 15 s for an answer, events up to 64 MiB, 20,000 calls waiting. */
    public static HttpTransportSettings of(List<URI> masters, Duration failoverTimeout) {
        return new HttpTransportSettings(
                masters,
                Backoff.likeMesos(failoverTimeout),
                Duration.ofSeconds(15),
                64 * MEBIBYTE,
                20_000,
                new Credentials.None(),
                Optional.empty());
    }

    /** The same with these. */
    public HttpTransportSettings secured(Credentials shown, Optional<SSLContext> trusted) {
        return new HttpTransportSettings(masters, backoff, callTimeout, largestRecord, waitingCalls, shown, trusted);
    }
}
