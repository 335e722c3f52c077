package io.muster.mesos.transport;

import java.util.List;
import java.util.Locale;

/** What the answer of a master to any other call than SUBSCRIBE means. */
public enum CallAnswer {
    /** The master has it; whether it made sense is told by events, if at all. */
    TAKEN,
    /** The master cannot read this one call; others may be fine. */
    CALL_REFUSED,
    /** The master does not know our subscription, or leads no more. */
    SUBSCRIPTION_LOST;

    /** What a master says when the subscription, not the call, is the matter; it has no other mark. */
    private static final List<String> SUBSCRIPTION_WORDS =
            List.of("stream id", "mesos-stream-id", "framework cannot be found");

    public static CallAnswer of(int status, String body) {
        return switch (status) {
            case 200, 202 -> TAKEN;
            case 400 -> {
                String words = body.toLowerCase(Locale.ROOT);
                yield SUBSCRIPTION_WORDS.stream().anyMatch(words::contains) ? SUBSCRIPTION_LOST : CALL_REFUSED;
            }
            case 405, 406, 409, 413, 415, 501 -> CALL_REFUSED;
            default -> SUBSCRIPTION_LOST;
        };
    }
}
