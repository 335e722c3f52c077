package io.muster.deploy.model;

/** The status of an instance as clients know it (Marathon, podStatus.raml). */
public enum InstanceStatus {
    PENDING,
    STAGING,
    STABLE,
    DEGRADED,
    TERMINAL;

    /** The status of this instance. */
    public static InstanceStatus of(Instance instance) {
        return switch (instance.condition()) {
            case SCHEDULED, PROVISIONED -> instance.isWanted() ? PENDING : TERMINAL;
            case STAGING, STARTING -> STAGING;
            case UNREACHABLE, UNREACHABLE_INACTIVE -> DEGRADED;
            case RUNNING -> isWell(instance) ? STABLE : DEGRADED;
            case ERROR, FAILED, GONE, DROPPED, KILLING, UNKNOWN, FINISHED, KILLED -> TERMINAL;
        };
    }

    /** Every container with a check runs and was found healthy; one that has ended shows as not healthy for ever. */
    private static boolean isWell(Instance instance) {
        return instance.tasks().stream().filter(Task::healthChecked).allMatch(Task::isKnownHealthy);
    }
}
