package io.muster.deploy.model;

import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One container of an instance, as far as Mesos has told.
 *
 * @param healthChecked whether its definition has a health check
 * @param healthy absent until a check has reported
 * @param startedAt when it was first seen running
 * @param end absent until it has ended
 */
public record Task(
        TaskId id,
        String container,
        Condition condition,
        boolean healthChecked,
        @Nullable Boolean healthy,
        Instant stagedAt,
        @Nullable Instant startedAt,
        List<NetworkAddresses> addresses,
        @Nullable TaskEnd end) {

    public Task {
        addresses = List.copyOf(addresses);
    }

    /** One that has not ended, or of whose end nothing was told. */
    public Task(
            TaskId id,
            String container,
            Condition condition,
            boolean healthChecked,
            @Nullable Boolean healthy,
            Instant stagedAt,
            @Nullable Instant startedAt,
            List<NetworkAddresses> addresses) {
        this(id, container, condition, healthChecked, healthy, stagedAt, startedAt, addresses, null);
    }

    /** It has been unreachable for too long. */
    Task inactive() {
        return new Task(
                id,
                container,
                Condition.UNREACHABLE_INACTIVE,
                healthChecked,
                healthy,
                stagedAt,
                startedAt,
                addresses,
                end);
    }

    /** Whether Mesos says of a task that may run that it is healthy. What it said of one that has ended no longer counts. */
    public boolean isKnownHealthy() {
        return condition.isActive() && isHealthy();
    }

    boolean isUnhealthy() {
        return Boolean.FALSE.equals(healthy);
    }

    boolean isHealthy() {
        return Boolean.TRUE.equals(healthy);
    }
}
