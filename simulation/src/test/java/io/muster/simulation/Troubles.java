package io.muster.simulation;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Instance;
import io.muster.simulation.Store.Fate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Lets things go wrong, and heals them again. */
final class Troubles {

    private static final Predicate<Event> UPDATE = Event::hasUpdate;

    private final Stage stage;
    private final Throne throne;
    private final Set<AgentID> cut = new LinkedHashSet<>();
    private final Set<AgentID> left = new LinkedHashSet<>();

    Troubles(Stage stage, Throne throne) {
        this.stage = stage;
        this.throne = throne;
    }

    /** Something of this kind goes wrong, if that is possible now. */
    void happen(Fault fault) {
        if (begin(fault)) {
            stage.trace.note("fault " + fault);
            if (!isCountedLater(fault)) {
                stage.coverage.count(fault);
            }
        }
    }

    /** Planned now, it counts when it comes about. */
    private static boolean isCountedLater(Fault fault) {
        return switch (fault) {
            case CRASH_BEFORE_COMMIT,
                    CRASH_AFTER_COMMIT,
                    CRASH_AMID_EFFECTS,
                    COMMIT_FAILS,
                    COMMIT_IN_DOUBT,
                    LOADS_FAIL,
                    LAUNCH_FAILS,
                    SLOW_START,
                    SHORT_LIFE,
                    SLOW_STOP -> true;
            default -> false;
        };
    }

    private boolean begin(Fault fault) {
        return switch (fault) {
            case CRASH_AT_REST,
                    CRASH_BEFORE_COMMIT,
                    CRASH_AFTER_COMMIT,
                    CRASH_AMID_EFFECTS,
                    COMMIT_FAILS,
                    COMMIT_IN_DOUBT,
                    LOADS_FAIL,
                    SECOND_LEADER,
                    CONNECTION_BREAKS,
                    CONNECTION_STALLS -> ofLeader(fault);
            case MASTER_FAILS_OVER -> failOver();
            case AGENT_DISCONNECTS, AGENT_FALLS_SILENT, AGENT_GONE, AGENT_LEAVES -> ofAgent(fault);
            case AGENT_JOINS -> join();
            case CALL_LOST_BEHIND_MASTER -> {
                stage.mesos
                        .wire()
                        .loseCalls(
                                stage.dice.between(1, 3),
                                stage.dice.oneOf(Call.Type.KILL, Call.Type.ACKNOWLEDGE, Call.Type.RECONCILE));
                yield true;
            }
            case UPDATE_LOST -> {
                stage.mesos
                        .wire()
                        .loseEvents(
                                stage.dice.between(1, 3),
                                event -> event.getUpdate().getStatus().hasUuid());
                yield true;
            }
            case UPDATE_DUPLICATED -> {
                stage.mesos.wire().duplicateEvents(stage.dice.between(1, 3), UPDATE);
                yield true;
            }
            case OFFERS_RESCINDED -> {
                stage.mesos.rescindAll();
                yield true;
            }
            case TASK_FAILS, TASK_FINISHES, HEALTH_CHANGES -> ofTask(fault);
            case EXECUTOR_KILLED -> killExecutor();
            // Those are decided with each launch.
            case LAUNCH_FAILS, SLOW_START, SHORT_LIFE, SLOW_STOP -> false;
        };
    }

    private boolean ofLeader(Fault fault) {
        Leader leader = throne.leader();
        if (leader.isDead()) {
            return false;
        }
        switch (fault) {
            case CRASH_AT_REST -> leader.die("at rest");
            case CRASH_BEFORE_COMMIT -> leader.store().next(Fate.CRASH_BEFORE);
            case CRASH_AFTER_COMMIT -> leader.store().next(Fate.CRASH_AFTER);
            case CRASH_AMID_EFFECTS -> leader.dieAmidEffects(stage.dice.between(1, 4));
            case COMMIT_IN_DOUBT -> leader.store().next(Fate.IN_DOUBT);
            case COMMIT_FAILS -> leader.store().next(Fate.FAILS);
            case LOADS_FAIL -> {
                leader.store().failLoads(stage.dice.between(1, 3));
                leader.store().next(Fate.FAILS);
            }
            case SECOND_LEADER -> throne.usurp();
            case CONNECTION_BREAKS -> leader.line().cut();
            case CONNECTION_STALLS -> leader.line().stall(stage.dice.seconds(1, 40));
            default -> throw new IllegalArgumentException("not of a leader: " + fault);
        }
        return true;
    }

    private boolean failOver() {
        if (stage.mesos.master().isEmpty()) {
            return false;
        }
        stage.mesos.failOver(stage.dice.seconds(0, 10), stage.dice.seconds(0, 30));
        return true;
    }

    private boolean join() {
        if (stage.mesos.master().isEmpty() || stage.agents().size() >= 7) {
            return false;
        }
        stage.addAgent(stage.dice.between(1, 8) * 0.5, stage.dice.oneOf(Stage.RACKS));
        return true;
    }

    private boolean ofAgent(Fault fault) {
        List<AgentID> present =
                stage.agents().stream().filter(agent -> !cut.contains(agent)).toList();
        if (present.isEmpty() || stage.mesos.master().isEmpty()) {
            return false;
        }
        AgentID agent = stage.dice.oneOf(present);
        stage.trace.note("agent " + agent.getValue());
        switch (fault) {
            case AGENT_DISCONNECTS -> {
                stage.mesos.disconnect(agent);
                comesBack(agent);
            }
            case AGENT_FALLS_SILENT -> {
                stage.mesos.partition(agent);
                comesBack(agent);
            }
            case AGENT_GONE -> {
                if (present.size() < 2) {
                    return false;
                }
                stage.mesos.markGone(agent);
                stage.gone.add(agent);
                // What an operator gives up has an end, though the master may not be able to see to it.
                stage.loop.schedule(stage.dice.seconds(0, 120), () -> stage.mesos.unregister(agent));
            }
            case AGENT_LEAVES -> {
                if (present.size() < 2) {
                    return false;
                }
                stage.mesos.unregister(agent);
                left.add(agent);
            }
            default -> throw new IllegalArgumentException("not of an agent: " + fault);
        }
        return true;
    }

    private void comesBack(AgentID agent) {
        cut.add(agent);
        Duration away = stage.dice.oneIn(3) ? stage.dice.seconds(60, 300) : stage.dice.seconds(1, 90);
        stage.loop.schedule(away, () -> reconnect(agent));
    }

    private void reconnect(AgentID agent) {
        if (cut.remove(agent) && stage.agents().contains(agent)) {
            stage.trace.note("agent " + agent.getValue() + " is back");
            stage.mesos.reconnect(agent);
        }
    }

    private boolean ofTask(Fault fault) {
        List<String> running = stage.running();
        if (running.isEmpty()) {
            return false;
        }
        String task = stage.dice.oneOf(running);
        switch (fault) {
            case TASK_FAILS -> stage.containers.exit(task, stage.dice.oneOf(1, 137));
            case TASK_FINISHES -> stage.containers.exit(task, 0);
            case HEALTH_CHANGES -> {
                stage.containers.setHealth(task, false);
                if (stage.dice.oneIn(2)) {
                    stage.loop.schedule(stage.dice.seconds(1, 30), () -> stage.containers.setHealth(task, true));
                }
            }
            default -> throw new IllegalArgumentException("not of a task: " + fault);
        }
        return true;
    }

    private boolean killExecutor() {
        List<Instance> placed = stage.running().stream()
                .flatMap(task -> new TaskId(task).instance().stream())
                .flatMap(id -> stage.journal.instance(id).stream())
                .toList();
        Optional<FrameworkID> framework = stage.watch.framework();
        if (placed.isEmpty() || framework.isEmpty()) {
            return false;
        }
        Instance victim = stage.dice.oneOf(placed);
        AgentID agent = AgentID.newBuilder()
                .setValue(Objects.requireNonNull(victim.agent()).id())
                .build();
        if (!stage.agents().contains(agent)) {
            return false;
        }
        stage.mesos.killExecutor(
                agent,
                framework.get(),
                ExecutorID.newBuilder().setValue(victim.id().executorId()).build());
        return true;
    }

    /** From now on all is well: agents are back, and more of them than needed. */
    void end() {
        stage.troubled = false;
        stage.mesos.wire().heal();
        throne.leader().store().heal();
        List.copyOf(cut).forEach(this::reconnect);
        stage.running().forEach(task -> stage.containers.setHealth(task, true));
        Duration master = stage.mesos.master().isPresent() ? Duration.ZERO : Duration.ofSeconds(30);
        stage.loop.schedule(master, () -> {
            // A master that came meanwhile has not heard their farewell, and would wait for them for ever.
            left.forEach(stage.mesos::markGone);
            for (int i = 0; i < 2 * Stage.RACKS.size(); i++) {
                stage.addAgent(16, Stage.RACKS.get(i % Stage.RACKS.size()));
            }
        });
    }
}
