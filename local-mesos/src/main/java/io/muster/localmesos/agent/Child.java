package io.muster.localmesos.agent;

import com.google.protobuf.ByteString;
import io.muster.localmesos.agent.ContainerRunner.ExitStatus;
import io.muster.localmesos.loop.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.jspecify.annotations.Nullable;

/** One task of an executor and what is known of its container. Belongs to {@link DefaultExecutor}. */
final class Child {
    static final Duration DEFAULT_GRACE = Duration.ofSeconds(3);

    final TaskInfo task;
    final String containerId;

    @Nullable
    Long pid;

    @Nullable
    String launchError;

    @Nullable
    ExitStatus exit;

    @Nullable
    HealthChecker health;

    EventLoop.Timer escalation = () -> {};
    EventLoop.Timer completion = () -> {};
    Duration grace = DEFAULT_GRACE;
    boolean launching = true;
    boolean terminal;
    private @Nullable Cause cause;

    /** Why a task is ended before it ends by itself. */
    enum Cause {
        /** A KILL, a SHUTDOWN, failed checks, or the end of its group. */
        KILLED(TaskState.TASK_KILLED, null),
        DRAINED(TaskState.TASK_KILLED, TaskStatus.Reason.REASON_AGENT_DRAINING),
        DRAINED_FOR_GOOD(TaskState.TASK_GONE_BY_OPERATOR, TaskStatus.Reason.REASON_AGENT_DRAINING),
        OUT_OF_TIME(TaskState.TASK_FAILED, TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED);

        private final TaskState state;
        private final TaskStatus.@Nullable Reason reason;

        Cause(TaskState state, TaskStatus.@Nullable Reason reason) {
            this.state = state;
            this.reason = reason;
        }

        /** Whether the framework is told that the end has begun: of a task that took too long it is not. */
        boolean isAnnounced() {
            return this != OUT_OF_TIME;
        }
    }

    Child(TaskInfo task, String containerId) {
        this.task = task;
        this.containerId = containerId;
    }

    boolean isEnding() {
        return cause != null;
    }

    boolean hasEnded() {
        return terminal || exit != null || launchError != null;
    }

    void end(Cause why, Duration within) {
        cause = why;
        grace = within;
        if (health != null) {
            health.stop();
        }
    }

    Optional<TaskStatus.Reason> reasonOfEnding() {
        return Optional.ofNullable(cause).flatMap(why -> Optional.ofNullable(why.reason));
    }

    /** The last status: state, reason and message by how the container ended and by why. */
    TaskStatus.Builder ending(TaskStatus.Builder status) {
        reasonOfEnding().ifPresent(status::setReason);
        if (launchError != null) {
            status.setMessage(launchError);
            return cause != null
                    ? status.setState(cause.state)
                    : status.setState(TaskState.TASK_FAILED)
                            .setReason(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        }
        var end = Objects.requireNonNull(exit);
        status.setMessage(end.message());
        if (cause != null) {
            return status.setState(cause.state);
        }
        return status.setState(end.succeeded() ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED);
    }

    /** How long the task's own kill policy gives it. */
    Duration ownGrace() {
        return task.hasKillPolicy() ? grace(task.getKillPolicy()).orElse(DEFAULT_GRACE) : DEFAULT_GRACE;
    }

    static Optional<Duration> grace(KillPolicy policy) {
        return policy.hasGracePeriod()
                ? Optional.of(
                        Duration.ofNanos(Math.max(0, policy.getGracePeriod().getNanoseconds())))
                : Optional.empty();
    }

    static ByteString bytes(UUID uuid) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .flip());
    }

    static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }
}
