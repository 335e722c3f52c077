package io.muster.pods.model;

/** How instances are placed, replaced and given up. */
public record Scheduling(
        Backoff backoff,
        Upgrade upgrade,
        KillSelection killSelection,
        UnreachableStrategy unreachableStrategy,
        Placement placement) {}
