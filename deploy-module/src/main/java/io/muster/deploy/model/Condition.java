package io.muster.deploy.model;

import io.muster.deploy.cluster.TaskState;
import java.util.Collection;
import java.util.Comparator;

/**
 * What is known of a task or an instance. The order is that in which the conditions of the tasks of one instance win
 * (Marathon, Instance.scala): the first that any task has is that of the instance.
 */
public enum Condition {
    ERROR(true),
    FAILED(true),
    GONE(true),
    DROPPED(true),
    /** Unreachable for so long that another instance takes its place; it may come back. */
    UNREACHABLE_INACTIVE(false),
    UNREACHABLE(false),
    KILLING(false),
    STARTING(false),
    STAGING(false),
    UNKNOWN(true),
    /** Placed and stored; Mesos has not confirmed it yet. */
    PROVISIONED(false),
    /** Waits for a place. */
    SCHEDULED(false),
    RUNNING(false),
    FINISHED(true),
    KILLED(true);

    private final boolean terminal;

    Condition(boolean terminal) {
        this.terminal = terminal;
    }

    /** Nothing runs any more and nothing will. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Whether Mesos may hold something that must be killed. */
    public boolean isActive() {
        return !terminal && this != SCHEDULED;
    }

    /** Whether an end in this condition delays the next launch (Marathon, RateLimiterActor). */
    public boolean delaysNextLaunch() {
        return switch (this) {
            case ERROR, FAILED, GONE, DROPPED, FINISHED -> true;
            case UNREACHABLE_INACTIVE,
                    UNREACHABLE,
                    KILLING,
                    STARTING,
                    STAGING,
                    UNKNOWN,
                    PROVISIONED,
                    SCHEDULED,
                    RUNNING,
                    KILLED -> false;
        };
    }

    /** Whether nobody can say if it still runs. */
    public boolean isUnreachable() {
        return this == UNREACHABLE || this == UNREACHABLE_INACTIVE;
    }

    /** What Mesos calls it, which knows of no inactive tasks. */
    public Condition asMesosTells() {
        return this == UNREACHABLE_INACTIVE ? UNREACHABLE : this;
    }

    /** The name that clients know, such as {@code UnreachableInactive} (Marathon, Condition.scala). */
    public String wireName() {
        StringBuilder text = new StringBuilder(name().length());
        boolean begins = true;
        for (char letter : name().toCharArray()) {
            if (letter != '_') {
                text.append(begins ? letter : Character.toLowerCase(letter));
            }
            begins = letter == '_';
        }
        return text.toString();
    }

    /** The condition of an instance with tasks in these conditions; {@code UNKNOWN} if there are none. */
    static Condition ofInstance(Collection<Condition> tasks) {
        return tasks.stream().min(Comparator.naturalOrder()).orElse(UNKNOWN);
    }

    /**
     * The condition behind a state that Mesos reports (Marathon, TaskCondition.scala).
     *
     * @param reason the Mesos reason without its prefix, or empty
     * @param message as Mesos sent it, or empty; masters that know no better tell an unknown task by it alone
     */
    public static Condition of(TaskState state, String reason, String message) {
        return switch (state) {
            case STAGING -> STAGING;
            case STARTING -> STARTING;
            case RUNNING -> RUNNING;
            case KILLING -> KILLING;
            case FINISHED -> FINISHED;
            case FAILED -> FAILED;
            case KILLED -> KILLED;
            case ERROR -> ERROR;
            case DROPPED -> DROPPED;
            case UNREACHABLE -> UNREACHABLE;
            case GONE, GONE_BY_OPERATOR -> GONE;
            case UNKNOWN -> UNKNOWN;
            case LOST -> ofLost(reason, message);
        };
    }

    private static Condition ofLost(String reason, String message) {
        if (message.startsWith("Reconciliation: Task is unknown to the")) {
            return UNKNOWN;
        }
        return switch (reason) {
            case "TASK_UNKNOWN" -> UNKNOWN;
            case "RECONCILIATION", "AGENT_DISCONNECTED", "AGENT_REMOVED" -> UNREACHABLE;
            default -> GONE;
        };
    }
}
