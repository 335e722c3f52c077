package io.muster.deploy.cluster;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why an offer did not suit an instance; the order is that of the funnel shown to users, most basic first. */
public enum Refusal {
    UNFULFILLED_ROLE,
    UNFULFILLED_CONSTRAINT,
    NO_CORRESPONDING_RESERVATION_FOUND,
    AGENT_MAINTENANCE,
    INSUFFICIENT_CPUS,
    INSUFFICIENT_MEMORY,
    INSUFFICIENT_DISK,
    INSUFFICIENT_GPUS,
    INSUFFICIENT_PORTS,
    DECLINED_SCARCE_RESOURCES;

    private final String wireName = Stream.of(name().split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());

    /** The name that clients know, such as {@code InsufficientCpus} (Marathon, NoOfferMatchReason.scala). */
    public String wireName() {
        return wireName;
    }
}
