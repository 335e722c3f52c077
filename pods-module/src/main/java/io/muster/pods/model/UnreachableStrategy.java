package io.muster.pods.model;

/** What becomes of an instance whose agent does not answer. */
public sealed interface UnreachableStrategy {

    /** It is neither replaced nor forgotten. */
    record Disabled() implements UnreachableStrategy {}

    /** Replaced after the first time, forgotten after the second; both from the loss on. */
    record Enabled(long inactiveAfterSeconds, long expungeAfterSeconds) implements UnreachableStrategy {}
}
