package io.muster.mesos.transport.jni;

import io.muster.mesos.transport.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * How to speak through the library.
 *
 * @param credential what to authenticate with; nothing if empty
 * @param connectTimeout how long the library may look for a leading master before that counts as a failure
 * @param answerTimeout how long a master may take to answer a SUBSCRIBE: the library says nothing of a master that is
 *     not ready for it
 * @param waitingEvents how many events may wait for the listener
 * @param roomTimeout how long the library is kept waiting when there is no room for another event; after that the
 *     connection is made anew
 */
public record JniTransportSettings(
        JniApi api,
        NativeMaster master,
        Optional<MasterCredential> credential,
        Backoff backoff,
        Duration connectTimeout,
        Duration answerTimeout,
        int waitingEvents,
        Duration roomTimeout) {

    public JniTransportSettings {
        if (!connectTimeout.isPositive() || !answerTimeout.isPositive() || !roomTimeout.isPositive()) {
            throw new IllegalArgumentException("connectTimeout, answerTimeout and roomTimeout: must be positive");
        }
        if (waitingEvents < 1) {
            throw new IllegalArgumentException("waitingEvents: must be positive");
        }
    }

    /** With the usual limits: a minute for a master, 15 s for an answer, 20,000 events waiting, 10 s for room. */
    public static JniTransportSettings of(
            JniApi api, NativeMaster master, Optional<MasterCredential> credential, Duration failoverTimeout) {
        return new JniTransportSettings(
                api,
                master,
                credential,
                Backoff.likeMesos(failoverTimeout),
                Duration.ofMinutes(1),
                Duration.ofSeconds(15),
                20_000,
                Duration.ofSeconds(10));
    }
}
