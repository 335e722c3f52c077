package io.muster.deploy.cluster;

/** The task states of Mesos. {@code LOST} comes only from masters or paths that know no better. */
public enum TaskState {
    STAGING,
    STARTING,
    RUNNING,
    KILLING,
    FINISHED,
    FAILED,
    KILLED,
    ERROR,
    LOST,
    DROPPED,
    UNREACHABLE,
    GONE,
    GONE_BY_OPERATOR,
    UNKNOWN;

    /** Whether the task may hold something on an agent. */
    public boolean mayRun() {
        return switch (this) {
            case STAGING, STARTING, RUNNING, KILLING, UNREACHABLE -> true;
            case FINISHED, FAILED, KILLED, ERROR, LOST, DROPPED, GONE, GONE_BY_OPERATOR, UNKNOWN -> false;
        };
    }
}
