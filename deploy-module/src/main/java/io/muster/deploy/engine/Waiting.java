package io.muster.deploy.engine;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;

/** The instances that wait for a place, those that have waited longest first, and how many of each configuration. */
final class Waiting {

    private final SequencedSet<InstanceId> instances = new LinkedHashSet<>();
    private final Map<Configuration, Integer> counts = new HashMap<>();
    private final Set<Configuration> ended = new HashSet<>();

    /** Takes it in or out, as its condition says. */
    void put(Instance instance) {
        if (instance.condition() == Condition.SCHEDULED) {
            if (instances.add(instance.id())) {
                counts.merge(Configuration.of(instance), 1, Integer::sum);
            }
        } else {
            remove(instance);
        }
    }

    void remove(Instance instance) {
        if (instances.remove(instance.id())) {
            Configuration configuration = Configuration.of(instance);
            if (counts.merge(configuration, -1, Integer::sum) == 0) {
                counts.remove(configuration);
                ended.add(configuration);
            }
        }
    }

    boolean any(Configuration configuration) {
        return counts.containsKey(configuration);
    }

    Stream<InstanceId> stream() {
        return instances.stream();
    }

    /** Of these an instance waited once; whether one does again is another question. Told once. */
    Set<Configuration> takeEnded() {
        Set<Configuration> taken = Set.copyOf(ended);
        ended.clear();
        return taken;
    }
}
