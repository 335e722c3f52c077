package io.muster.localmesos.agent;

import com.google.protobuf.ByteString;
import io.muster.localmesos.agent.ContainerRunner.ExitStatus;
import io.muster.localmesos.agent.ContainerRunner.Launch;
import io.muster.localmesos.agent.ContainerRunner.Signal;
import io.muster.localmesos.loop.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ContainerID;
import org.apache.mesos.v1.Protos.ContainerStatus;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * The rules of Mesos' default executor for one task group. All on the loop.
 *
 * <ol>
 *   <li>Every task is reported STARTING, then all containers are launched.
 *   <li>When the last launch has answered, the launched ones are reported RUNNING; ends that happened before wait.
 *   <li>A container that ends with 0 is FINISHED and its siblings run on; one that failed or was killed ends the group:
 *       its siblings get 3 s, whatever their own kill policies say.
 *   <li>A KILL takes the call's grace period, else the task's, else 3 s; a second one changes nothing.
 *   <li>Too many failed health checks kill the task; it and everything that ends later is reported unhealthy.
 *   <li>The executor ends when all tasks have ended and their last updates are acknowledged, or 60 s later.
 * </ol>
 */
final class DefaultExecutor {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(3);
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_ACKNOWLEDGEMENTS = Duration.ofSeconds(60);

    private final Context context;
    private final ContainerRunner.Run run;
    private final Map<TaskID, Child> children = new LinkedHashMap<>();
    private int launchesOpen;
    private boolean unhealthy;
    private boolean abandoned;
    private boolean waiting;
    private boolean ended;

    /**
     * What an executor is given.
     *
     * @param reportsKilling whether the framework knows TASK_KILLING
     * @param status takes every update, in order
     * @param onEnd called once, when the executor has ended
     */
    record Context(
            EventLoop loop,
            ContainerRunner runner,
            Supplier<UUID> ids,
            AgentID agent,
            ExecutorInfo info,
            String role,
            boolean reportsKilling,
            Consumer<TaskStatus> status,
            Runnable onEnd) {}

    private static final class Child {
        private final TaskInfo task;
        private final String containerId;
        private @Nullable Long pid;
        private @Nullable String launchError;
        private @Nullable ExitStatus exit;
        private @Nullable HealthChecker health;
        private EventLoop.Timer escalation = () -> {};
        private boolean killing;
        private Duration grace = DEFAULT_GRACE;
        private boolean terminal;
        private boolean acknowledged;

        private Child(TaskInfo task, String containerId) {
            this.task = task;
            this.containerId = containerId;
        }
    }

    DefaultExecutor(Context context) {
        this.context = context;
        this.run = new ContainerRunner.Run(
                context.agent().getValue(),
                context.info().getExecutorId().getValue(),
                context.ids().get().toString());
    }

    /** Launches the group; called once. */
    void launch(List<TaskInfo> group) {
        launchesOpen = group.size();
        for (TaskInfo task : group) {
            var child = new Child(task, context.ids().get().toString());
            children.put(task.getTaskId(), child);
        }
        children.values().forEach(child -> report(child, status(child, TaskState.TASK_STARTING)));
        for (Child child : children.values()) {
            var launch = new Launch(run, child.containerId, child.task, context.role());
            context.runner().launch(launch, listener(child));
        }
    }

    private ContainerRunner.Listener listener(Child child) {
        return new ContainerRunner.Listener() {
            @Override
            public void launched(long pid) {
                context.loop().execute(() -> {
                    child.pid = pid;
                    launchAnswered();
                });
            }

            @Override
            public void launchFailed(String message) {
                context.loop().execute(() -> {
                    child.launchError = message;
                    launchAnswered();
                });
            }

            @Override
            public void exited(ExitStatus status) {
                context.loop().execute(() -> {
                    child.exit = status;
                    if (launchesOpen == 0) {
                        finish(child);
                    }
                });
            }
        };
    }

    private void launchAnswered() {
        launchesOpen--;
        if (launchesOpen > 0) {
            return;
        }
        for (Child child : children.values()) {
            if (child.pid != null && !child.killing) {
                report(child, status(child, TaskState.TASK_RUNNING));
                startChecking(child);
            }
        }
        children.values().stream()
                .filter(child -> child.killing && child.pid != null)
                .forEach(child -> end(child, child.grace)); // asked for while it was launched
        children.values().forEach(this::finish);
    }

    private void startChecking(Child child) {
        if (child.task.hasHealthCheck() && child.exit == null) {
            child.health = new HealthChecker(
                    context.loop(), context.runner(), child.containerId, child.task.getHealthCheck(), health -> {
                        var status = status(child, TaskState.TASK_RUNNING)
                                .setReason(TaskStatus.Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED)
                                .setHealthy(health.healthy());
                        report(child, status);
                        if (health.kill()) {
                            unhealthy = true;
                            kill(child, graceOf(child.task));
                        }
                    });
            child.health.start();
        }
    }

    /** Reports the end of a child that has one to report, and then ends its siblings if the group ends with it. */
    private void finish(Child child) {
        if (child.terminal || (child.exit == null && child.launchError == null)) {
            return;
        }
        child.terminal = true;
        child.escalation.cancel();
        if (child.health != null) {
            child.health.stop();
        }
        TaskStatus.Builder status = ending(child);
        if (unhealthy) {
            status.setHealthy(false);
        }
        report(child, status);
        if (status.getState() != TaskState.TASK_FINISHED) {
            children.values().forEach(sibling -> kill(sibling, DEFAULT_GRACE));
        }
        endIfDone();
    }

    private TaskStatus.Builder ending(Child child) {
        if (child.launchError != null) {
            return child.killing
                    ? status(child, TaskState.TASK_KILLED).setMessage(child.launchError)
                    : status(child, TaskState.TASK_FAILED)
                            .setReason(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED)
                            .setMessage(child.launchError);
        }
        var exit = Objects.requireNonNull(child.exit);
        TaskState state = child.killing
                ? TaskState.TASK_KILLED
                : exit.succeeded() ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED;
        return status(child, state).setMessage(exit.message());
    }

    /** Kills one task; unknown and already ending ones are left alone. */
    void kill(TaskID task, Optional<KillPolicy> policy) {
        Child child = children.get(task);
        if (child != null) {
            kill(child, policy.flatMap(DefaultExecutor::grace).orElse(graceOf(child.task)));
        }
    }

    /** Ends every task within the agent's 5 s. */
    void shutdown() {
        for (Child child : children.values()) {
            Duration own = graceOf(child.task);
            kill(child, own.compareTo(SHUTDOWN_GRACE) < 0 ? own : SHUTDOWN_GRACE);
        }
    }

    /** Ends every task and waits for no acknowledgement: the framework is gone. */
    void abandon() {
        abandoned = true;
        shutdown();
        endIfDone();
    }

    private void kill(Child child, Duration grace) {
        if (child.killing || child.terminal || child.exit != null || child.launchError != null) {
            return;
        }
        child.killing = true;
        child.grace = grace;
        if (child.health != null) {
            child.health.stop();
        }
        if (context.reportsKilling()) {
            report(child, status(child, TaskState.TASK_KILLING));
        }
        if (launchesOpen == 0) {
            end(child, grace);
        }
    }

    private void end(Child child, Duration grace) {
        context.runner().signal(child.containerId, Signal.TERM);
        child.escalation =
                context.loop().schedule(grace, () -> context.runner().signal(child.containerId, Signal.KILL));
    }

    private static Duration graceOf(TaskInfo task) {
        return task.hasKillPolicy() ? grace(task.getKillPolicy()).orElse(DEFAULT_GRACE) : DEFAULT_GRACE;
    }

    private static Optional<Duration> grace(KillPolicy policy) {
        return policy.hasGracePeriod()
                ? Optional.of(
                        Duration.ofNanos(Math.max(0, policy.getGracePeriod().getNanoseconds())))
                : Optional.empty();
    }

    /** An update of one of the tasks was acknowledged. */
    void acknowledged(TaskStatus status) {
        Child child = children.get(status.getTaskId());
        if (child != null && TaskStates.isTerminal(status.getState())) {
            child.acknowledged = true;
            endIfDone();
        }
    }

    private void endIfDone() {
        if (children.values().stream().allMatch(child -> child.terminal && (child.acknowledged || abandoned))) {
            end();
        } else if (!waiting && children.values().stream().allMatch(child -> child.terminal)) {
            waiting = true;
            context.loop().schedule(WAIT_FOR_ACKNOWLEDGEMENTS, this::end);
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            context.runner().ended(run);
            context.onEnd().run();
        }
    }

    private void report(Child child, TaskStatus.Builder status) {
        if (!TaskStates.isTerminal(status.getState())) {
            var container = status.getContainerStatusBuilder().addAllNetworkInfos(networks());
            if (child.pid != null) {
                container.setExecutorPid((int) (long) child.pid);
            }
        }
        context.status().accept(status.build());
    }

    private TaskStatus.Builder status(Child child, TaskState state) {
        Instant now = context.loop().now();
        UUID uuid = context.ids().get();
        var bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .flip();
        return TaskStatus.newBuilder()
                .setTaskId(child.task.getTaskId())
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                .setAgentId(context.agent())
                .setExecutorId(context.info().getExecutorId())
                .setTimestamp(now.getEpochSecond() + now.getNano() / 1e9)
                .setUuid(ByteString.copyFrom(bytes))
                .setContainerStatus(ContainerStatus.newBuilder()
                        .setContainerId(ContainerID.newBuilder()
                                .setValue(child.containerId)
                                .setParent(ContainerID.newBuilder().setValue(run.runId()))));
    }

    /** Every container shares the machine's network; the names of asked-for networks are kept for those who look. */
    private List<NetworkInfo> networks() {
        var address = NetworkInfo.IPAddress.newBuilder()
                .setProtocol(NetworkInfo.Protocol.IPv4)
                .setIpAddress("127.0.0.1");
        var asked = context.info().getContainer().getNetworkInfosList().stream()
                .filter(NetworkInfo::hasName)
                .map(network -> NetworkInfo.newBuilder()
                        .setName(network.getName())
                        .addIpAddresses(address)
                        .build())
                .toList();
        return asked.isEmpty()
                ? List.of(NetworkInfo.newBuilder().addIpAddresses(address).build())
                : asked;
    }
}
