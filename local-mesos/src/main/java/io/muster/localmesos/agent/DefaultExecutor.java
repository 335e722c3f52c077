package io.muster.localmesos.agent;

import io.muster.localmesos.agent.Child.Cause;
import io.muster.localmesos.agent.ContainerRunner.ExitStatus;
import io.muster.localmesos.agent.ContainerRunner.Launch;
import io.muster.localmesos.agent.ContainerRunner.Signal;
import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * The rules of Mesos' default executor. All on the loop.
 *
 * <ol>
 *   <li>Every task of a group is reported STARTING, then all its containers are launched.
 *   <li>When the last launch has answered, the launched ones are reported RUNNING; ends that happened before wait.
 *   <li>A container that ends with 0 is FINISHED and its siblings run on; one that failed or was killed ends its group:
 *       its siblings get 3 s, whatever their own kill policies say.
 *   <li>A KILL takes the call's grace period, else the task's, else 3 s; a second one changes nothing.
 *   <li>Too many failed health checks kill the task; it and everything that ends later is reported unhealthy.
 *   <li>A task that takes longer than it may is ended and has FAILED.
 *   <li>The executor ends a little after its last task, whether or not the framework has acknowledged anything.
 * </ol>
 */
final class DefaultExecutor {
    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(5);
    private static final Duration LEAVING = Duration.ofMillis(100);

    private final Context context;
    private final ContainerRunner.Run run;
    private final Map<TaskID, Child> children = new LinkedHashMap<>();
    private EventLoop.Timer leaving = () -> {};
    private boolean unhealthy;
    private boolean ended;

    /**
     * What an executor is given.
     *
     * @param agentName the hostname of the agent
     * @param reportsKilling whether the framework knows TASK_KILLING
     * @param status takes every update, in order
     * @param onEnd called once, when the executor has ended by itself
     */
    record Context(
            EventLoop loop,
            ContainerRunner runner,
            Supplier<UUID> ids,
            AgentID agent,
            String agentName,
            ExecutorInfo info,
            String role,
            boolean reportsKilling,
            Consumer<TaskStatus> status,
            Runnable onEnd) {}

    /** Tasks that were launched together and fail together. */
    private static final class Group {
        private final List<Child> children;
        private int launchesOpen;

        private Group(List<Child> children) {
            this.children = children;
            this.launchesOpen = children.size();
        }
    }

    DefaultExecutor(Context context) {
        this.context = context;
        this.run = new ContainerRunner.Run(
                context.agent().getValue(),
                context.info().getExecutorId().getValue(),
                context.ids().get().toString());
    }

    /** Launches a group; its tasks are new to this executor. */
    void launch(List<TaskInfo> tasks) {
        leaving.cancel();
        var group = new Group(tasks.stream()
                .map(task -> new Child(task, context.ids().get().toString()))
                .toList());
        group.children.forEach(child -> children.put(child.task.getTaskId(), child));
        group.children.forEach(child -> report(child, status(child, TaskState.TASK_STARTING)));
        for (Child child : group.children) {
            var launch = new Launch(run, child.containerId, child.task, context.role(), volumes());
            context.runner().launch(launch, listener(group, child));
        }
    }

    private ContainerRunner.Shared volumes() {
        return new ContainerRunner.Shared(
                context.agentName(),
                context.info().getResourcesList().stream()
                        .filter(resource -> resource.getDisk().hasPersistence())
                        .toList());
    }

    private ContainerRunner.Listener listener(Group group, Child child) {
        return new ContainerRunner.Listener() {
            @Override
            public void launched(long pid) {
                onLoop(() -> {
                    child.pid = pid;
                    launchAnswered(group);
                });
            }

            @Override
            public void launchFailed(String message) {
                onLoop(() -> {
                    child.launchError = message;
                    launchAnswered(group);
                });
            }

            @Override
            public void exited(ExitStatus status) {
                onLoop(() -> {
                    child.exit = status;
                    if (group.launchesOpen == 0) {
                        finish(group, child);
                    }
                });
            }
        };
    }

    /** What containers tell an executor that has ended is of no interest. */
    private void onLoop(Runnable news) {
        context.loop().execute(() -> {
            if (!ended) {
                news.run();
            }
        });
    }

    private void launchAnswered(Group group) {
        group.launchesOpen--;
        if (group.launchesOpen > 0) {
            return;
        }
        for (Child child : group.children) {
            child.launching = false;
            if (child.pid != null && !child.isEnding()) {
                report(child, status(child, TaskState.TASK_RUNNING));
                startChecking(child);
                limitTime(child);
            }
        }
        group.children.stream()
                .filter(child -> child.isEnding() && child.pid != null)
                .forEach(this::end); // asked for while it was launched
        group.children.forEach(child -> finish(group, child));
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
                            kill(child, Cause.KILLED, child.ownGrace());
                        }
                    });
            child.health.start();
        }
    }

    private void limitTime(Child child) {
        if (child.task.hasMaxCompletionTime() && child.exit == null) {
            var longest = Duration.ofNanos(
                    Math.max(0, child.task.getMaxCompletionTime().getNanoseconds()));
            child.completion = context.loop().schedule(longest, () -> kill(child, Cause.OUT_OF_TIME, child.ownGrace()));
        }
    }

    /** Reports the end of a child that has one to report, and then ends its siblings if the group ends with it. */
    private void finish(Group group, Child child) {
        if (child.terminal || !child.hasEnded()) {
            return;
        }
        child.terminal = true;
        child.escalation.cancel();
        child.completion.cancel();
        if (child.health != null) {
            child.health.stop();
        }
        TaskStatus.Builder status = child.ending(status(child, TaskState.TASK_FAILED));
        if (unhealthy) {
            status.setHealthy(false);
        }
        report(child, status);
        if (status.getState() != TaskState.TASK_FINISHED) {
            group.children.forEach(sibling -> kill(sibling, Cause.KILLED, Child.DEFAULT_GRACE));
        }
        if (children.values().stream().allMatch(one -> one.terminal)) {
            leaving = context.loop().schedule(LEAVING, this::leave);
        }
    }

    /** Kills one task; unknown and already ending ones are left alone. */
    void kill(TaskID task, Optional<KillPolicy> policy) {
        Child child = children.get(task);
        if (child != null) {
            kill(child, Cause.KILLED, policy.flatMap(Child::grace).orElse(child.ownGrace()));
        }
    }

    /** Ends every task within the agent's 5 s. */
    void shutdown() {
        children.values().forEach(child -> kill(child, Cause.KILLED, atMost(SHUTDOWN_GRACE, child)));
    }

    /**
     * Ends every task because its agent is to be free of tasks.
     *
     * @param longest at most this long, whatever the tasks' kill policies say
     * @param forGood whether the agent will not come back
     */
    void drain(Optional<Duration> longest, boolean forGood) {
        Cause cause = forGood ? Cause.DRAINED_FOR_GOOD : Cause.DRAINED;
        children.values()
                .forEach(child -> kill(
                        child, cause, longest.map(most -> atMost(most, child)).orElse(child.ownGrace())));
    }

    private static Duration atMost(Duration most, Child child) {
        Duration own = child.ownGrace();
        return own.compareTo(most) < 0 ? own : most;
    }

    /** The executor itself has died: its containers end with it, and it reports nothing more. */
    void die() {
        for (Child child : children.values()) {
            child.escalation.cancel();
            child.completion.cancel();
            if (child.health != null) {
                child.health.stop();
            }
            context.runner().signal(child.containerId, Signal.KILL);
        }
        leaving.cancel();
        ended = true;
        context.runner().ended(run);
    }

    private void kill(Child child, Cause cause, Duration grace) {
        if (child.isEnding() || child.hasEnded()) {
            return;
        }
        child.end(cause, grace);
        if (context.reportsKilling() && cause.isAnnounced()) {
            TaskStatus.Builder status = status(child, TaskState.TASK_KILLING);
            child.reasonOfEnding().ifPresent(status::setReason);
            report(child, status);
        }
        if (!child.launching) {
            end(child);
        }
    }

    private void end(Child child) {
        context.runner().signal(child.containerId, Signal.TERM);
        child.escalation =
                context.loop().schedule(child.grace, () -> context.runner().signal(child.containerId, Signal.KILL));
    }

    private void leave() {
        if (!ended) {
            ended = true;
            context.runner().ended(run);
            context.onEnd().run();
        }
    }

    /** Whether this is the executor that a command task gets: the container of the task is its own. */
    private boolean isCommand() {
        return context.info().getType() != ExecutorInfo.Type.DEFAULT;
    }

    private void report(Child child, TaskStatus.Builder status) {
        if (!TaskStates.isTerminal(status.getState()) || isCommand()) {
            var container = status.getContainerStatusBuilder().addAllNetworkInfos(networks());
            if (child.pid != null) {
                container.setExecutorPid((int) (long) child.pid);
            }
        }
        context.status().accept(status.build());
    }

    private TaskStatus.Builder status(Child child, TaskState state) {
        var container = ContainerID.newBuilder();
        if (isCommand()) {
            container.setValue(run.runId());
        } else {
            container
                    .setValue(child.containerId)
                    .setParent(ContainerID.newBuilder().setValue(run.runId()));
        }
        return TaskStatus.newBuilder()
                .setTaskId(child.task.getTaskId())
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                .setAgentId(context.agent())
                .setExecutorId(context.info().getExecutorId())
                .setTimestamp(Child.seconds(context.loop().now()))
                .setUuid(Child.bytes(context.ids().get()))
                .setContainerStatus(ContainerStatus.newBuilder().setContainerId(container));
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
