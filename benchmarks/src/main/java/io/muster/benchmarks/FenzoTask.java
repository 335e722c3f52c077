package io.muster.benchmarks;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import com.netflix.fenzo.plugins.BalancedHostAttrConstraint;
import com.netflix.fenzo.plugins.UniqueHostAttrConstraint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An instance of {@link MatchingTask} as Fenzo wants it: its containers and its executor are one task. */
final class FenzoTask implements TaskRequest {

    private final String id;
    private final int pod;
    private final List<ConstraintEvaluator> constraints;
    private @Nullable AssignedResources assigned;

    private FenzoTask(String id, int pod, List<ConstraintEvaluator> constraints) {
        this.id = id;
        this.pod = pod;
        this.constraints = constraints;
    }

    /** All that wait, in the same order. */
    static List<TaskRequest> all(boolean constrained) {
        List<Set<String>> tasks = new ArrayList<>();
        List<List<ConstraintEvaluator>> constraints = new ArrayList<>();
        for (int pod = 0; pod < MatchingTask.PODS; pod++) {
            Set<String> ofPod = new HashSet<>();
            tasks.add(ofPod);
            constraints.add(
                    constrained
                            ? List.of(
                                    new UniqueHostAttrConstraint(_ -> ofPod),
                                    new BalancedHostAttrConstraint(_ -> ofPod, "rack", MatchingTask.RACKS))
                            : List.of());
        }
        List<TaskRequest> all = new ArrayList<>();
        for (int i = 0; i < MatchingTask.INSTANCES; i++) {
            int pod = i % MatchingTask.PODS;
            String id = "pod-" + pod + "-" + i;
            tasks.get(pod).add(id);
            all.add(new FenzoTask(id, pod, constraints.get(pod)));
        }
        return all;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String taskGroupName() {
        return "";
    }

    @Override
    public double getCPUs() {
        return MatchingTask.cpus(pod);
    }

    @Override
    public double getMemory() {
        return MatchingTask.mem(pod);
    }

    @Override
    public double getNetworkMbps() {
        return 0;
    }

    @Override
    public double getDisk() {
        return MatchingTask.disk();
    }

    @Override
    public int getPorts() {
        return 1;
    }

    @Override
    public Map<String, Double> getScalarRequests() {
        return Collections.emptyMap();
    }

    @Override
    public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
        return Collections.emptyMap();
    }

    @Override
    public List<? extends ConstraintEvaluator> getHardConstraints() {
        return constraints;
    }

    @Override
    public List<? extends VMTaskFitnessCalculator> getSoftConstraints() {
        return List.of();
    }

    @Override
    public void setAssignedResources(AssignedResources resources) {
        assigned = resources;
    }

    @Override
    public @Nullable AssignedResources getAssignedResources() {
        return assigned;
    }
}
