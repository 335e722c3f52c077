package io.muster.simulation;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import io.muster.localmesos.simulation.TaskScript;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** What must be stored before a call leaves the process. */
final class CallRules {

    private final Stage stage;
    private final Leader leader;

    CallRules(Stage stage, Leader leader) {
        this.stage = stage;
        this.leader = leader;
    }

    /** A call is about to leave. */
    void sending(Call call) {
        leader.effect();
        switch (call.getType()) {
            case ACCEPT -> {
                for (Offer.Operation operation : call.getAccept().getOperationsList()) {
                    launching(operation);
                }
            }
            case KILL -> killing(new TaskId(call.getKill().getTaskId().getValue()));
            case ACKNOWLEDGE -> acknowledging(call.getAcknowledge());
            case RECONCILE ->
                stage.trace.note("-> RECONCILE " + call.getReconcile().getTasksCount());
            default -> stage.trace.note("-> " + call.getType());
        }
    }

    private void launching(Offer.Operation operation) {
        TaskInfo first = operation.getLaunchGroup().getTaskGroup().getTasks(0);
        InstanceId id = instance(new TaskId(first.getTaskId().getValue()));
        stage.trace.note("-> launch " + id + " on " + first.getAgentId().getValue());
        stage.coverage.launch();
        Optional<Instance> stored = stage.journal.instance(id);
        boolean placed = stored.map(Instance::agent)
                .filter(agent -> agent.id().equals(first.getAgentId().getValue()))
                .isPresent();
        if (!placed) {
            throw new Violation("written ahead: " + id + " is launched, but the journal knows of no place for it");
        }
        if (!stored.get().isWanted()) {
            throw new Violation(id + " is launched, though it is not wanted any more");
        }
        if (!stage.launched.add(id)) {
            throw new Violation("launched once: " + id + " is launched for the second time");
        }
    }

    private static InstanceId instance(TaskId task) {
        return task.instance().orElseThrow(() -> new Violation("no task of ours: " + task));
    }

    private void killing(TaskId task) {
        stage.trace.note("-> KILL " + task);
        Optional<Instance> owner = stage.journal.instance(instance(task));
        boolean wanted = owner.filter(Instance::isWanted).stream()
                .flatMap(instance -> instance.tasks().stream())
                .anyMatch(one -> one.id().equals(task));
        if (wanted) {
            throw new Violation("a kill is sent for " + task + ", which the journal wants to run");
        }
    }

    private void acknowledging(Call.Acknowledge call) {
        TaskStatus update = stage.watch.update(call.getUuid());
        TaskId task = MesosWatch.task(update);
        stage.trace.note("-> ACKNOWLEDGE " + task + " " + update.getState());
        Optional<Condition> stored = stage.journal.instance(instance(task)).stream()
                .flatMap(instance -> instance.tasks().stream())
                .filter(one -> one.id().equals(task))
                .map(Task::condition)
                .findFirst();
        if (stored.isPresent() && !includes(stored.get(), update.getState())) {
            throw new Violation("acknowledged before stored: " + task + " is " + update.getState()
                    + ", but the journal knows it as " + stored.get());
        }
        if (isEnd(update.getState()) && stage.journal.orphan(task).isPresent()) {
            throw new Violation(
                    "acknowledged before stored: " + task + " has ended, but the journal has it as an orphan");
        }
    }

    /** Whether a task that the journal knows so may have said this: then or before. */
    private static boolean includes(Condition stored, TaskState said) {
        if (isEnd(said)) {
            return stored.isTerminal();
        }
        return switch (stored) {
            case SCHEDULED, PROVISIONED -> false;
            case STAGING -> said == TaskState.TASK_STAGING;
            case STARTING -> said == TaskState.TASK_STAGING || said == TaskState.TASK_STARTING;
            case RUNNING -> said != TaskState.TASK_KILLING;
            case ERROR, FAILED, GONE, DROPPED, UNREACHABLE_INACTIVE, UNREACHABLE, KILLING, UNKNOWN, FINISHED, KILLED ->
                true;
        };
    }

    private static boolean isEnd(TaskState state) {
        return switch (state) {
            case TASK_FINISHED, TASK_FAILED, TASK_KILLED, TASK_ERROR, TASK_DROPPED, TASK_GONE, TASK_GONE_BY_OPERATOR ->
                true;
            default -> false;
        };
    }

    /** A launch comes to the master: now it is decided what the tasks will do. */
    void arriving(Call.Accept accept) {
        if (!stage.troubled) {
            return;
        }
        for (Offer.Operation operation : accept.getOperationsList()) {
            for (TaskInfo task : operation.getLaunchGroup().getTaskGroup().getTasksList()) {
                stage.containers.script(task.getTaskId().getValue(), script());
            }
        }
    }

    private TaskScript script() {
        Dice dice = stage.dice;
        TaskScript script = TaskScript.runs();
        if (dice.oneIn(4)) {
            boolean slow = dice.oneIn(10);
            script = script.pullingFor(dice.seconds(1, slow ? 400 : 30));
            stage.coverage.count(Fault.SLOW_START);
        }
        if (dice.oneIn(15)) {
            stage.coverage.count(Fault.LAUNCH_FAILS);
            return TaskScript.failsToLaunch("no such image").pullingFor(script.pullTime());
        }
        if (dice.oneIn(10)) {
            stage.coverage.count(Fault.SHORT_LIFE);
            script = script.exitingAfter(dice.seconds(0, 120), dice.between(0, 1));
        }
        if (dice.oneIn(5)) {
            stage.coverage.count(Fault.SLOW_STOP);
            script = dice.oneIn(3) ? script.ignoringTerm() : script.stoppingIn(dice.seconds(0, 10));
        }
        return dice.oneIn(6) ? script.withHealth(false, dice.oneIn(2), true, dice.oneIn(2)) : script;
    }
}
