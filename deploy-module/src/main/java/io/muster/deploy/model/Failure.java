package io.muster.deploy.model;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.history.PodId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How an instance ended that should have gone on: by the task that ended first. */
public record Failure(
        PodId pod,
        InstanceId instance,
        TaskId task,
        TaskState state,
        Instant startedAt,
        Instant terminatedAt,
        @Nullable String message) {}
