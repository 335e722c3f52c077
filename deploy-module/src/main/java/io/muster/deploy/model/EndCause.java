package io.muster.deploy.model;

import io.muster.deploy.cluster.StatusReport;
import java.util.Optional;

/** Why an instance ended. Stored by name: a name is never reused or changed. */
public enum EndCause {
    /** Every container came to its end with success. */
    FINISHED,
    /** A container failed, or Mesos would not start it. */
    FAILED,
    /** A container was killed because its health checks failed. */
    UNHEALTHY,
    /** Somebody other than Muster killed a container. */
    KILLED,
    /** Its agent went away, or could not be reached for longer than the pod waits. */
    LOST,
    /** The launch never reached its agent. */
    NOT_LAUNCHED,
    /** Not all containers ran within the time for a launch. */
    OVERDUE,
    /** A user asked for its end. */
    KILL_REQUESTED,
    /** Its pod is deleted. */
    DELETED,
    /** Another one with the wanted configuration takes its place. */
    REPLACED,
    /** Its pod wants fewer instances. */
    SCALED_DOWN;

    /** Why an instance is ended that is one too many for this target. */
    public static EndCause ofSurplus(Instance instance, Target target) {
        return switch (target) {
            case Target.Nothing() -> DELETED;
            case Target.Running running when running.instances() == 0 || running.isMetBy(instance) -> SCALED_DOWN;
            case Target.Running _ -> REPLACED;
            case Target.Steady _, Target.Held _ -> SCALED_DOWN;
        };
    }

    /** Why an instance ends that nobody wanted to end, by the report of the end of one of its tasks. */
    static EndCause ofReport(StatusReport report) {
        Condition condition = Condition.of(
                report.state(), report.reason().orElse(""), report.message().orElse(""));
        return switch (condition) {
            case FINISHED -> FINISHED;
            case KILLED -> report.healthy().equals(Optional.of(false)) ? UNHEALTHY : KILLED;
            case GONE, UNKNOWN, UNREACHABLE, UNREACHABLE_INACTIVE -> LOST;
            case DROPPED -> NOT_LAUNCHED;
            case ERROR, FAILED, KILLING, STARTING, STAGING, PROVISIONED, SCHEDULED, RUNNING -> FAILED;
        };
    }

    /** Whether the end of a container began it, so that what Mesos said of that tells more. */
    boolean isTold() {
        return switch (this) {
            case FINISHED, FAILED, UNHEALTHY, KILLED, LOST, NOT_LAUNCHED -> true;
            case OVERDUE, KILL_REQUESTED, DELETED, REPLACED, SCALED_DOWN -> false;
        };
    }
}
