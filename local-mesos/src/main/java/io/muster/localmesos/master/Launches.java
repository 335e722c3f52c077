package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Offers.Holder;
import io.muster.localmesos.resources.Resources;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.Offer.Operation.LaunchGroup;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/** Sends what may be launched to its agent, and refuses the rest. On the loop. */
final class Launches {
    private final EventLoop loop;
    private final Offers offers;

    Launches(MasterState state) {
        this.loop = state.loop();
        this.offers = state.offers();
    }

    /** Launches a valid group; returns what is left. */
    Resources group(Framework framework, KnownAgent agent, String role, Resources available, LaunchGroup launch) {
        ExecutorID executor = launch.getExecutor().getExecutorId();
        boolean lives = offers.executors(agent.id(), framework.id()).contains(executor);
        var context = context(framework, agent, role, available, lives);
        List<TaskInfo> tasks = launch.getTaskGroup().getTasksList();
        Optional<String> objection = GroupValidation.objection(launch, context);
        if (objection.isPresent()) {
            tasks.forEach(task -> framework.send(
                    Statuses.error(task, TaskStatus.Reason.REASON_TASK_GROUP_INVALID, objection.get(), loop.now())));
            return available;
        }
        if (tasks.isEmpty()) {
            return available; // nothing would ever end the executor
        }
        Resources left = available;
        if (!lives) {
            Resources forExecutor = Resources.of(launch.getExecutor().getResourcesList());
            var holder = new Holder(framework.id(), Holder.Kind.EXECUTOR, executor.getValue());
            offers.hold(holder, agent.id(), role, forExecutor);
            left = left.minus(forExecutor);
        }
        for (TaskInfo task : tasks) {
            left = left.minus(hold(framework, agent, role, task, executor));
        }
        agent.link().toAgent(to -> to.launchGroup(framework.info(), role, launch.getExecutor(), tasks));
        return left;
    }

    /** Launches a valid task that is its own executor; returns what is left. */
    Resources command(Framework framework, KnownAgent agent, String role, Resources available, TaskInfo task) {
        Optional<String> objection =
                GroupValidation.commandObjection(task, context(framework, agent, role, available, false));
        if (objection.isPresent()) {
            framework.send(Statuses.error(task, TaskStatus.Reason.REASON_TASK_INVALID, objection.get(), loop.now()));
            return available;
        }
        var executor =
                ExecutorID.newBuilder().setValue(task.getTaskId().getValue()).build();
        Resources held = hold(framework, agent, role, task, executor);
        agent.link().toAgent(to -> to.launchCommand(framework.info(), role, task));
        return available.minus(held);
    }

    private static GroupValidation.Context context(
            Framework framework, KnownAgent agent, String role, Resources available, boolean executorLives) {
        return new GroupValidation.Context(
                framework.id(),
                agent.id(),
                role,
                available,
                task -> framework.task(task).isPresent(),
                executorLives);
    }

    private Resources hold(Framework framework, KnownAgent agent, String role, TaskInfo task, ExecutorID executor) {
        Resources resources = Resources.of(task.getResourcesList());
        var holder =
                new Holder(framework.id(), Holder.Kind.TASK, task.getTaskId().getValue());
        offers.hold(holder, agent.id(), role, resources);
        framework.knows(TaskStatus.newBuilder()
                .setTaskId(task.getTaskId())
                .setAgentId(agent.id())
                .setExecutorId(executor)
                .setState(TaskState.TASK_STAGING)
                .build());
        return resources;
    }
}
