package io.muster.localmesos.agent;

import io.muster.localmesos.resources.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Volume;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers as processes of this machine, run by this JVM's user. Not isolated from each other or from the machine:
 * they share its network and files, and their resources are counted but not limited.
 */
public final class ProcessRunner implements ContainerRunner {
    private static final Logger log = LoggerFactory.getLogger(ProcessRunner.class);
    /** Of each of a container's outputs; what is more is left out. */
    private static final long MOST_OUTPUT_BYTES = 64L << 20;

    private static final Duration CLOSING_GRACE = Duration.ofSeconds(2);
    private static final Redirect[] PIPED = {Redirect.PIPE, Redirect.PIPE};
    private static final Redirect[] UNHEARD = {Redirect.DISCARD, Redirect.DISCARD};

    private final Processes processes;
    private final Ledger ledger;
    private final Sandboxes sandboxes;
    private final Storage storage;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Container> containers = new ConcurrentHashMap<>();
    private boolean closed;

    private record Container(Process process, Outputs outputs, Path sandbox, Map<String, String> environment) {}

    ProcessRunner(Processes processes, Ledger ledger, Sandboxes sandboxes, Storage storage) {
        this.processes = processes;
        this.ledger = ledger;
        this.sandboxes = sandboxes;
        this.storage = storage;
    }

    /**
     * Takes over a work directory, which no other running cluster may use: ends every process an earlier life of it
     * left behind, and deletes sandboxes beyond those to keep.
     *
     * @param keptRuns how many directories of ended executors stay
     */
    public static ProcessRunner open(Path workDirectory, int keptRuns) throws IOException, InterruptedException {
        Path absolute = workDirectory.toAbsolutePath().normalize();
        Processes processes = Processes.ofThisMachine();
        Ledger ledger = Ledger.open(absolute);
        ledger.endStrays(processes);
        return new ProcessRunner(processes, ledger, Sandboxes.open(absolute, keptRuns), new Storage(absolute));
    }

    @Override
    public void launch(Launch launch, Listener listener) {
        submit(() -> {
            Container container;
            try {
                container = start(launch);
            } catch (LaunchException | IOException | RuntimeException e) {
                listener.launchFailed(LaunchException.text(e));
                return;
            }
            listener.launched(container.process().pid());
            int code = container.process().waitFor();
            tidyUp(launch.containerId(), container.process());
            container.outputs().await();
            listener.exited(new ExitStatus(code));
        });
    }

    private Container start(Launch launch) throws LaunchException, IOException, InterruptedException {
        TaskInfo task = launch.task();
        refuseImage(task);
        Path sandbox = sandboxes.create(launch);
        attach(launch.shared().agentName(), launch.shared().volumes(), sandboxes.run(launch.run()));
        attach(launch.shared().agentName(), task.getResourcesList(), sandbox);
        for (Volume volume : task.getContainer().getVolumesList()) {
            Volumes.mount(volume, sandboxes.run(launch.run()), sandbox);
        }
        for (CommandInfo.URI uri : task.getCommand().getUrisList()) {
            Artifacts.fetch(uri, sandbox);
        }
        List<String> arguments = Commands.arguments(task.getCommand());
        Map<String, String> environment = Commands.environment(launch, sandbox, System.getenv());
        synchronized (this) {
            if (closed) {
                throw new LaunchException("The agent is shutting down");
            }
            String id = launch.containerId();
            Process process = processes.start(arguments, environment, ledger.marker(id), sandbox, PIPED);
            var outputs = Outputs.follow(process, sandbox, MOST_OUTPUT_BYTES);
            var container = new Container(process, outputs, sandbox, environment);
            containers.put(id, container);
            try {
                ledger.record(id, process.toHandle());
            } catch (IOException e) {
                containers.remove(id);
                process.destroyForcibly();
                throw e;
            }
            return container;
        }
    }

    /** Links persistent volumes to where Mesos would mount them. */
    private void attach(String agentName, List<Resource> resources, Path base) throws IOException, LaunchException {
        for (Resource resource : resources) {
            if (resource.getDisk().hasPersistence()) {
                String path = resource.getDisk().getVolume().getContainerPath();
                Volumes.attach(storage.directory(agentName, resource), base, path);
            }
        }
    }

    @Override
    public void reserved(String agentName, Resources reserved) {
        List<Path> destroyed;
        try {
            destroyed = storage.keep(agentName, reserved);
        } catch (IOException e) {
            log.error("What is reserved on {} will be forgotten with this process", agentName, e);
            return;
        }
        submit(() -> {
            try {
                for (Path directory : destroyed) {
                    Sandboxes.delete(directory);
                }
            } catch (IOException e) {
                log.error("Files of volumes on {} were left behind", agentName, e);
            }
        });
    }

    @Override
    public Resources reservedBefore(String agentName) {
        try {
            storage.deleteOthers(agentName);
            return storage.kept(agentName);
        } catch (IOException e) {
            throw new UncheckedIOException("What is reserved on " + agentName + " cannot be read", e);
        }
    }

    private static void refuseImage(TaskInfo task) throws LaunchException {
        var container = task.getContainer();
        if (container.getMesos().hasImage() || container.hasDocker()) {
            throw new LaunchException("The task '" + task.getTaskId().getValue()
                    + "' asks for an image: local agents run commands as processes of this machine, not images");
        }
    }

    /** The end of the first process is the end of the container: what it left running ends as well. */
    private void tidyUp(String containerId, Process process) throws InterruptedException {
        String marker = ledger.marker(containerId);
        try {
            processes.killAll(seen -> seen.isMarked(marker) || seen.session() == process.pid());
            ledger.erase(containerId);
        } catch (IOException e) {
            log.error("The container {} may have left processes behind", containerId, e);
        } finally {
            containers.remove(containerId);
        }
    }

    @Override
    public void signal(String containerId, Signal signal) {
        submit(() -> {
            Container container = containers.get(containerId);
            if (container != null) {
                signal(container, containerId, signal);
            }
        });
    }

    private void signal(Container container, String containerId, Signal signal) {
        try {
            processes.signal(container.process(), ledger.marker(containerId), signal);
        } catch (IOException e) {
            log.warn("The container {} could not be sent {}", containerId, signal, e);
        }
    }

    @Override
    public void probe(String containerId, HealthCheck check, Duration timeout, Consumer<Probe> answer) {
        submit(() -> answer.accept(
                switch (check.getType()) {
                    case HTTP -> Probes.http(check.getHttp(), timeout);
                    case TCP -> Probes.tcp(check.getTcp().getPort(), timeout);
                    case COMMAND -> command(containerId, check.getCommand(), timeout);
                    case UNKNOWN -> new Probe(false, "The health check has no type");
                }));
    }

    /** Runs in the container's sandbox with its environment, overlaid by the check's own. */
    private Probe command(String containerId, CommandInfo command, Duration timeout) throws InterruptedException {
        Container container = containers.get(containerId);
        if (container == null) {
            return new Probe(false, "The container has ended");
        }
        try {
            var environment = new HashMap<>(container.environment());
            environment.putAll(Commands.variables(command.getEnvironment()));
            String marker = ledger.marker(containerId) + "/check-" + UUID.randomUUID();
            Process process =
                    processes.start(Commands.arguments(command), environment, marker, container.sandbox(), UNHEARD);
            boolean inTime = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            processes.killAll(seen -> seen.isMarked(marker) || seen.session() == process.pid());
            if (!inTime) {
                return new Probe(false, "The command took longer than " + timeout.toMillis() + " ms");
            }
            return new Probe(process.exitValue() == 0, new ExitStatus(process.exitValue()).message());
        } catch (IOException | LaunchException | RuntimeException e) {
            return new Probe(false, LaunchException.text(e));
        }
    }

    @Override
    public void ended(Run run) {
        submit(() -> sandboxes.finish(sandboxes.run(run)));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void submit(Work work) {
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("The runner is closed; work for a container is dropped");
        }
    }

    /** Asks every container to end, gives them 2 s, and then kills whatever is left. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        containers.forEach((id, container) -> signal(container, id, Signal.TERM));
        try {
            awaitEnd(CLOSING_GRACE);
            List<Long> sessions = containers.values().stream()
                    .map(container -> container.process().pid())
                    .toList();
            processes.killAll(seen -> seen.isMarked(ledger.identity()) || sessions.contains(seen.session()));
            awaitEnd(CLOSING_GRACE);
            threads.shutdownNow();
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                log.warn("Threads of containers did not end in time");
            }
            processes.killAll(seen -> seen.isMarked(ledger.identity())); // a check may have started meanwhile
        } catch (IOException e) {
            log.error("Processes may have been left behind; the next start ends them", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!containers.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
