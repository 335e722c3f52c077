package io.muster.localmesos.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.HealthCheck;

/** Containers that do what a test says, by the id of their task. */
final class ScriptedRunner implements ContainerRunner {
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final Map<String, String> taskOf = new LinkedHashMap<>();
    private final List<String> signals = new ArrayList<>();
    private final List<Run> ended = new ArrayList<>();
    private Probe nextProbe = new Probe(true, "");
    private int probes;

    @Override
    public void launch(Launch launch, Listener listener) {
        String task = launch.task().getTaskId().getValue();
        listeners.put(task, listener);
        taskOf.put(launch.containerId(), task);
    }

    @Override
    public void signal(String containerId, Signal signal) {
        signals.add(taskOf.get(containerId) + " " + signal);
    }

    @Override
    public void probe(String containerId, HealthCheck check, Duration timeout, Consumer<Probe> answer) {
        probes++;
        answer.accept(nextProbe);
    }

    @Override
    public void ended(Run run) {
        ended.add(run);
    }

    @Override
    public void close() {}

    Listener container(String task) {
        return Objects.requireNonNull(listeners.get(task));
    }

    /** Signals so far, as {@code task SIGNAL}. */
    List<String> signals() {
        return signals;
    }

    boolean hasEnded() {
        return !ended.isEmpty();
    }

    void answerProbes(boolean healthy) {
        nextProbe = new Probe(healthy, "");
    }

    int probes() {
        return probes;
    }
}
