package io.muster.localmesos.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the container of a task does.
 *
 * @param pullTime from its launch to its start, as for an image to be pulled
 * @param launchError why it cannot be started at all
 * @param runTime after which it ends by itself; empty if it never does
 * @param exitCode with which it ends by itself; 128 and more for signals, as shells have it
 * @param stopTime how long it takes to end after SIGTERM; empty if it ignores the signal
 * @param health what its checks find, one after another; the last one for all that follow; healthy if there is none
 */
public record TaskScript(
        Duration pullTime,
        Optional<String> launchError,
        Optional<Duration> runTime,
        int exitCode,
        Optional<Duration> stopTime,
        List<Boolean> health) {
    public TaskScript {
        health = List.copyOf(health);
    }

    /** Starts at once, runs until it is ended, obeys SIGTERM at once and is healthy. */
    public static TaskScript runs() {
        return new TaskScript(
                Duration.ZERO, Optional.empty(), Optional.empty(), 0, Optional.of(Duration.ZERO), List.of());
    }

    /** Runs for this long and then exits with 0. */
    public static TaskScript runsFor(Duration time) {
        return runs().exitingAfter(time, 0);
    }

    /** Cannot be started. */
    public static TaskScript failsToLaunch(String message) {
        return new TaskScript(
                Duration.ZERO, Optional.of(message), Optional.empty(), 0, Optional.of(Duration.ZERO), List.of());
    }

    /** The same, ending by itself. */
    public TaskScript exitingAfter(Duration time, int code) {
        return new TaskScript(pullTime, launchError, Optional.of(time), code, stopTime, health);
    }

    /** The same, starting (or failing to) only after this time. */
    public TaskScript pullingFor(Duration time) {
        return new TaskScript(time, launchError, runTime, exitCode, stopTime, health);
    }

    /** The same, taking this long to obey SIGTERM. */
    public TaskScript stoppingIn(Duration time) {
        return new TaskScript(pullTime, launchError, runTime, exitCode, Optional.of(time), health);
    }

    /** The same, ignoring SIGTERM. */
    public TaskScript ignoringTerm() {
        return new TaskScript(pullTime, launchError, runTime, exitCode, Optional.empty(), health);
    }

    /** The same, with these findings of its checks; the last one stays. */
    public TaskScript withHealth(Boolean... findings) {
        return new TaskScript(pullTime, launchError, runTime, exitCode, stopTime, List.of(findings));
    }
}
