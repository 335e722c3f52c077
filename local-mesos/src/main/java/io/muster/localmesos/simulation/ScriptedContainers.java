package io.muster.localmesos.simulation;

import io.muster.localmesos.agent.ContainerRunner;
import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.TaskInfo;

/**
 * Containers that only pretend: they start, answer checks and end as their scripts say, or when they are told to. Told
 * from any thread; everything happens on the loop.
 */
public final class ScriptedContainers implements ContainerRunner {
    private static final int TERMINATED = 128 + 15;
    private static final int KILLED = 128 + 9;

    private final EventLoop loop;
    private final Map<String, TaskScript> scripts = new ConcurrentHashMap<>();
    private final Map<String, Container> containers = new LinkedHashMap<>();
    private final List<String> signals = new ArrayList<>();
    private volatile TaskScript others = TaskScript.runs();
    private long nextPid = 1000;

    private final class Container {
        private final Launch launch;
        private final Listener listener;
        private final TaskScript script;
        private boolean living;
        private int probes;
        private Optional<Boolean> toldHealth = Optional.empty();

        private Container(Launch launch, Listener listener, TaskScript script) {
            this.launch = launch;
            this.listener = listener;
            this.script = script;
        }

        private void start() {
            if (script.launchError().isPresent()) {
                containers.remove(launch.containerId());
                listener.launchFailed(script.launchError().get());
                return;
            }
            living = true;
            listener.launched(nextPid++);
            script.runTime().ifPresent(time -> loop.schedule(time, () -> exit(script.exitCode())));
        }

        private void exit(int code) {
            if (living) {
                living = false;
                containers.remove(launch.containerId());
                listener.exited(new ExitStatus(code));
            }
        }

        private boolean nextHealth() {
            List<Boolean> findings = script.health();
            int number = probes++;
            return toldHealth.orElseGet(
                    () -> findings.isEmpty() || findings.get(Math.min(number, findings.size() - 1)));
        }
    }

    public ScriptedContainers(EventLoop loop) {
        this.loop = loop;
    }

    /** What a task will do that is launched from now on. */
    public void script(String taskId, TaskScript script) {
        scripts.put(taskId, script);
    }

    /** What tasks without a script of their own will do. */
    public void scriptOthers(TaskScript script) {
        others = script;
    }

    /** Lets the running container of a task end. */
    public void exit(String taskId, int code) {
        onContainer(taskId, container -> container.exit(code));
    }

    /** Lets the checks of a running container find this from now on, whatever its script says. */
    public void setHealth(String taskId, boolean healthy) {
        onContainer(taskId, container -> container.toldHealth = Optional.of(healthy));
    }

    private void onContainer(String taskId, Consumer<Container> action) {
        loop.execute(() -> containers.values().stream()
                .filter(container ->
                        container.launch.task().getTaskId().getValue().equals(taskId))
                .toList()
                .forEach(action));
    }

    /** The tasks whose containers live or are being started; oldest first. On the loop. */
    public List<TaskInfo> running() {
        return containers.values().stream()
                .map(container -> container.launch.task())
                .toList();
    }

    /** All signals so far, as {@code task SIGNAL}. On the loop. */
    public List<String> signals() {
        return List.copyOf(signals);
    }

    @Override
    public void launch(Launch launch, Listener listener) {
        String task = launch.task().getTaskId().getValue();
        var container = new Container(launch, listener, scripts.getOrDefault(task, others));
        containers.put(launch.containerId(), container);
        loop.schedule(container.script.pullTime(), () -> {
            if (containers.containsKey(launch.containerId())) {
                container.start();
            }
        });
    }

    @Override
    public void signal(String containerId, Signal signal) {
        Container container = containers.get(containerId);
        if (container == null) {
            return;
        }
        if (!container.living) {
            containers.remove(containerId);
            return;
        }
        signals.add(container.launch.task().getTaskId().getValue() + " " + signal);
        switch (signal) {
            case TERM ->
                container.script.stopTime().ifPresent(time -> loop.schedule(time, () -> container.exit(TERMINATED)));
            case KILL -> loop.execute(() -> container.exit(KILLED));
        }
    }

    @Override
    public void probe(String containerId, HealthCheck check, Duration timeout, Consumer<Probe> answer) {
        loop.execute(() -> {
            Container container = containers.get(containerId);
            answer.accept(
                    container != null && container.living
                            ? new Probe(container.nextHealth(), "as scripted")
                            : new Probe(false, "The container does not run"));
        });
    }

    @Override
    public void ended(Run run) {
        // Nothing was kept of it.
    }

    @Override
    public void close() {
        containers.clear();
    }
}
