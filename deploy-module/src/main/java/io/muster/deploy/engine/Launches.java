package io.muster.deploy.engine;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Neighbours;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which of the instances that wait may look for a place in one round, and what the cluster must know of each. */
final class Launches {

    private final World world;
    private final Residents residents;
    private final Instant now;

    Launches(World world, Residents residents, Instant now) {
        this.world = world;
        this.residents = residents;
        this.now = now;
    }

    /**
     * Those that have waited longest first.
     *
     * @return at most {@code limit}
     */
    List<LaunchRequest> requests(int limit) {
        Map<Configuration, List<Agent>> neighbours = new HashMap<>();
        return waiting()
                .limit(limit)
                .map(instance -> {
                    PodState pod = world.pod(instance.pod()).orElseThrow();
                    List<Agent> agents = isConstrained(pod, instance)
                            ? neighbours.computeIfAbsent(
                                    Configuration.of(instance), configuration -> neighbours(pod, configuration))
                            : List.of();
                    return new LaunchRequest(
                            instance.id(),
                            pod.definition(instance.version()),
                            agents,
                            residents.reservedFor(instance.id()).orElse(null));
                })
                .toList();
    }

    private List<Agent> neighbours(PodState pod, Configuration configuration) {
        return Stream.concat(
                        Neighbours.of(pod.alike(configuration.hash())).stream(), residents.boundElsewhere(pod).stream())
                .toList();
    }

    /** Whether one waits that may be launched now. */
    boolean any() {
        return waiting().findAny().isPresent();
    }

    private Stream<Instance> waiting() {
        return world.waiting()
                .filter(instance -> mayBegin(world.pod(instance.pod()).orElseThrow(), instance))
                .filter(residents.admission());
    }

    /** Whether no failure before holds it up. */
    boolean mayBegin(PodState pod, Instance instance) {
        LaunchDelay delay = pod.delays().get(instance.configHash());
        return delay == null || !delay.deadline().isAfter(now);
    }

    /** Whether it matters to this instance where the others are. */
    static boolean isConstrained(PodState pod, Instance instance) {
        return !pod.definition(instance.version())
                .definition()
                .scheduling()
                .placement()
                .constraints()
                .isEmpty();
    }
}
