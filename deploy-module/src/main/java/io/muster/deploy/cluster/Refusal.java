package io.muster.deploy.cluster;

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
    DECLINED_SCARCE_RESOURCES
}
