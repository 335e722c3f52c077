package io.muster.mesos.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to speak HTTP with masters.
 *
 * @param masters addresses without a path, {@code http://host:port}; never empty, any of them may lead
 * @param callTimeout how long a master may take to answer a call, or to begin the stream of events
 * @param largestRecord the largest event, in bytes
 * @param waitingCalls how many calls may wait for their turn
 */
public record HttpTransportSettings(
        List<URI> masters, Backoff backoff, Duration callTimeout, int largestRecord, int waitingCalls) {

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
                masters, Backoff.likeMesos(failoverTimeout), Duration.ofSeconds(15), 64 * MEBIBYTE, 20_000);
    }
}
