package io.muster.deploy.model;

import io.muster.deploy.cluster.InstanceId;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an instance ended that had a place; written once, when it is gone.
 *
 * @param version the one it was made from
 * @param placedAt when it got its agent
 * @param activeSince the earliest start of its containers; absent if none ran
 * @param message what Mesos said of the container that ended first and not well; absent where that is not why it ended
 * @param containers in declaration order
 */
public record Termination(
        InstanceId instance,
        PodId pod,
        Version version,
        String agentId,
        String agentHostname,
        Instant placedAt,
        @Nullable Instant activeSince,
        Instant endedAt,
        EndCause cause,
        @Nullable String message,
        List<ContainerEnd> containers) {

    public Termination {
        containers = List.copyOf(containers);
    }

    /**
     * How one container ended.
     *
     * @param state what was known of it last; need not be an end where the instance was given up
     * @param exitCode absent unless it exited by itself
     * @param signal the name of the one that ended it; absent if none did
     * @param reason the name of the Mesos reason without {@code REASON_}
     * @param startedAt absent if it never ran
     * @param endedAt absent if nobody knows whether it ended
     */
    public record ContainerEnd(
            String name,
            Condition state,
            @Nullable Integer exitCode,
            @Nullable String signal,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {

        private static ContainerEnd of(Task task) {
            TaskEnd end = task.end();
            String message = end == null ? null : end.message();
            ExitStatus status = message == null ? ExitStatus.UNKNOWN : ExitStatus.of(message);
            return new ContainerEnd(
                    task.container(),
                    task.condition().asMesosTells(),
                    status.exitCode().isPresent() ? status.exitCode().getAsInt() : null,
                    status.signal().orElse(null),
                    end == null ? null : end.reason(),
                    message,
                    task.startedAt(),
                    end == null ? null : end.at());
        }
    }

    /**
     * The record of an instance that is gone.
     *
     * @param last with its tasks as they were told of last; it has a place
     */
    static Termination of(Instance last, EndCause cause, Instant now) {
        var agent = Objects.requireNonNull(last.agent());
        return new Termination(
                last.id(),
                last.pod(),
                last.version(),
                agent.id(),
                agent.hostname(),
                Objects.requireNonNullElse(last.placedAt(), last.scheduledAt()),
                last.activeSince(),
                now,
                cause,
                cause.isTold() ? firstBadEnd(last.tasks()).orElse(null) : null,
                last.tasks().stream().map(ContainerEnd::of).toList());
    }

    /** What its containers came to, taken together. */
    Condition condition() {
        return Condition.ofInstance(containers.stream().map(ContainerEnd::state).toList());
    }

    private static Optional<String> firstBadEnd(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> task.condition() != Condition.FINISHED)
                .flatMap(task -> Stream.ofNullable(task.end()))
                .min(Comparator.comparing(TaskEnd::at))
                .flatMap(end -> Optional.ofNullable(end.message()));
    }
}
