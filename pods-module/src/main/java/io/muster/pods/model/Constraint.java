package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * One rule about the agents that may be used.
 *
 * @param value absent where the operator takes none
 */
public record Constraint(
        String fieldName, Operator operator, @Nullable String value) {

    public enum Operator {
        UNIQUE,
        CLUSTER,
        GROUP_BY,
        LIKE,
        UNLIKE,
        MAX_PER,
        IS
    }
}
