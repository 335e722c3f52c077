package io.muster.pods.model;

import java.math.BigDecimal;

/** How much of a resource a container may use beyond what it asks for. */
public sealed interface ResourceLimit {

    /** As much as the agent has free. */
    record Unlimited() implements ResourceLimit {}

    /** Never less than what the container asks for; the digits are those that were sent. */
    record Amount(BigDecimal amount) implements ResourceLimit {}
}
