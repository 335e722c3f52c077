package io.muster.simulation;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.engine.InMemoryStore;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.cluster.Cluster;
import io.muster.localmesos.loop.VirtualLoop;
import io.muster.localmesos.simulation.ScriptedContainers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.mesos.v1.Protos.AgentID;

/** What one history is played on: the clock, the dice, a whole Mesos, and the journal that survives every crash. */
final class Stage {

    private static final int PORT = 5050;
    private static final int LINES_KEPT = 60;

    /** Racks that agents stand in. */
    static final List<String> RACKS = List.of("r1", "r2", "r3");

    final VirtualLoop loop = new VirtualLoop();
    final ScriptedContainers containers = new ScriptedContainers(loop);
    final InMemoryStore journal = new InMemoryStore(clock());
    final Wishes wishes = new Wishes(journal);
    final Coverage coverage = new Coverage();
    final Trace trace = new Trace(clock(), LINES_KEPT);
    final Dice dice;
    final Cluster mesos;
    final MesosWatch watch = new MesosWatch(this);
    /** Every instance that was ever sent to be launched. */
    final Set<InstanceId> launched = new HashSet<>();
    /** The highest version of each pod that was ever exposed. */
    final Map<PodId, Version> exposed = new HashMap<>();
    /** When the engine took each restart up. */
    final Map<UUID, Instant> restarts = new HashMap<>();
    /** What was told and is true once only. */
    final Set<Object> told = new HashSet<>();
    /** Agents that an operator gave up. */
    final Set<AgentID> gone = new HashSet<>();
    /** The epoch of the leader that was elected last. */
    long epoch;
    /** Until nothing goes wrong any more. */
    boolean troubled = true;

    private long nextId;
    private int agents;

    Stage(Dice dice) {
        this.dice = dice;
        var settings = new Cluster.Settings(
                Duration.ofSeconds(15),
                Duration.ofSeconds(dice.between(2, 5)),
                Duration.ofSeconds(dice.between(20, 75)),
                dice.oneIn(2) ? Duration.ZERO : dice.millis(10, 2_000),
                Optional.empty());
        mesos = new Cluster(loop, containers, () -> new UUID(0x5e1fL, nextId++), settings, BitSet::new);
        mesos.elect(mesos.seats().add(PORT), Duration.ZERO, Duration.ZERO);
        int first = dice.between(2, 5);
        for (int i = 0; i < first; i++) {
            addAgent(dice.between(1, 8) * 0.5, RACKS.get(i % RACKS.size()));
        }
        loop.settle();
    }

    InstantSource clock() {
        return loop::now;
    }

    Instant now() {
        return loop.now();
    }

    void addAgent(double cpus, String rack) {
        mesos.addAgent(AgentSpec.of("host" + ++agents, cpus, 1024 * cpus, 8192).withText("rack", rack));
    }

    /** The agents that are still there, reached or not. */
    List<AgentID> agents() {
        return mesos.agents().stream().filter(agent -> !gone.contains(agent)).toList();
    }

    /** All task ids of containers that live or are being started. */
    List<String> running() {
        List<String> tasks = new ArrayList<>();
        containers.running().forEach(task -> tasks.add(task.getTaskId().getValue()));
        return tasks;
    }
}
