package io.muster.localmesos;

import io.muster.localmesos.agent.ContainerRunner;
import io.muster.localmesos.agent.ProcessRunner;
import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.cluster.Cluster;
import io.muster.localmesos.http.HttpServer;
import io.muster.localmesos.loop.ThreadLoop;
import io.muster.localmesos.master.BusyPorts;
import io.muster.localmesos.master.SchedulerApi;
import io.muster.localmesos.simulation.ScriptedContainers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.mesos.v1.Protos.DomainInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Mesos in this JVM: a master that serves the v1 scheduler API on loopback, and agents whose containers are processes
 * of this machine. Each start is a new master that knows no framework and no task; the processes of an earlier life of
 * the same work directory are ended first, also after the JVM was killed.
 */
public final class LocalMesos implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalMesos.class);
    private static final int LARGEST_CALL = 16 << 20;

    private final WorkDirectoryLock lock;
    private final ThreadLoop loop;
    private final ContainerRunner runner;
    private final Cluster cluster;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    /**
     * What an agent offers; counted, not limited.
     *
     * @param cpus in cores
     * @param mem in MiB
     * @param disk in MiB
     * @param firstPort of the ports, which all agents of a cluster share evenly: all are this machine
     * @param lastPort of the ports, included
     */
    public record AgentResources(double cpus, double mem, double disk, int firstPort, int lastPort) {
        public AgentResources {
            if (firstPort < 1 || lastPort < firstPort || lastPort > 65_535) {
                throw new IllegalArgumentException("No range of ports: " + firstPort + "-" + lastPort);
            }
        }
    }

    /**
     * How the cluster looks.
     *
     * @param port of the master on 127.0.0.1; 0 for any free one
     * @param workDirectory for sandboxes and records; made if absent; used by one cluster at a time
     * @param agents how many, at least one and at most one for each port
     * @param allocationInterval how often free resources are offered, besides when they become free
     * @param heartbeatInterval how often a subscription hears a HEARTBEAT
     * @param keptSandboxes how many directories of ended executors stay
     * @param clock for timestamps and filters; timers run on real time
     * @param attributes texts by name, of the first agents; the others have none
     * @param ownAgents if there are any, these are the agents, and neither number, resources nor attributes count
     * @param masterDomain the region and zone of the masters
     * @param agentTimeout how long an agent may be silent or away before its tasks are unreachable
     */
    public record Settings(
            int port,
            Path workDirectory,
            int agents,
            AgentResources resources,
            Duration allocationInterval,
            Duration heartbeatInterval,
            int keptSandboxes,
            InstantSource clock,
            List<Map<String, String>> attributes,
            List<AgentSpec> ownAgents,
            Optional<DomainInfo> masterDomain,
            Duration agentTimeout) {
        public Settings {
            ownAgents = List.copyOf(ownAgents);
            attributes = attributes.stream().map(Map::copyOf).toList();
            if (attributes.size() > agents) {
                throw new IllegalArgumentException("Attributes for " + attributes.size() + " of " + agents + " agents");
            }
            if (agents < 1 || agents > resources.lastPort() - resources.firstPort() + 1) {
                throw new IllegalArgumentException(agents + " agents cannot share the ports of " + resources);
            }
            if (!allocationInterval.isPositive() || !heartbeatInterval.isPositive() || keptSandboxes < 0) {
                throw new IllegalArgumentException("Intervals must be positive, and kept sandboxes not negative");
            }
        }

        /** Agents that differ in their attributes only, in masters without a domain. */
        public Settings(
                int port,
                Path workDirectory,
                int agents,
                AgentResources resources,
                Duration allocationInterval,
                Duration heartbeatInterval,
                int keptSandboxes,
                InstantSource clock,
                List<Map<String, String>> attributes) {
            this(
                    port,
                    workDirectory,
                    agents,
                    resources,
                    allocationInterval,
                    heartbeatInterval,
                    keptSandboxes,
                    clock,
                    attributes,
                    List.of(),
                    Optional.empty(),
                    Cluster.Settings.defaults().agentTimeout());
        }

        /** One agent with 8 cpus, 8 GiB of memory, 16 GiB of disk and ports 31000 to 32000; any port for the master. */
        public static Settings in(Path workDirectory) {
            return new Settings(
                    0,
                    workDirectory,
                    1,
                    new AgentResources(8, 8192, 16_384, 31_000, 32_000),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(15),
                    50,
                    Clock.systemUTC(),
                    List.of());
        }

        /** The same with the master on this port. */
        public Settings withPort(int newPort) {
            return new Settings(
                    newPort,
                    workDirectory,
                    agents,
                    resources,
                    allocationInterval,
                    heartbeatInterval,
                    keptSandboxes,
                    clock,
                    attributes,
                    ownAgents,
                    masterDomain,
                    agentTimeout);
        }

        /** The same with this many agents of this size. */
        public Settings withAgents(int count, AgentResources each) {
            return new Settings(
                    port,
                    workDirectory,
                    count,
                    each,
                    allocationInterval,
                    heartbeatInterval,
                    keptSandboxes,
                    clock,
                    attributes,
                    ownAgents,
                    masterDomain,
                    agentTimeout);
        }

        /** The same with these intervals. */
        public Settings withIntervals(Duration allocation, Duration heartbeat) {
            return new Settings(
                    port,
                    workDirectory,
                    agents,
                    resources,
                    allocation,
                    heartbeat,
                    keptSandboxes,
                    clock,
                    attributes,
                    ownAgents,
                    masterDomain,
                    agentTimeout);
        }

        /** The same with these attributes of its first agents, each a text by name. */
        public Settings withAttributes(List<Map<String, String>> ofAgents) {
            return new Settings(
                    port,
                    workDirectory,
                    agents,
                    resources,
                    allocationInterval,
                    heartbeatInterval,
                    keptSandboxes,
                    clock,
                    ofAgents,
                    ownAgents,
                    masterDomain,
                    agentTimeout);
        }

        /** The same with exactly these agents. */
        public Settings withAgents(List<AgentSpec> specs) {
            return new Settings(
                    port,
                    workDirectory,
                    agents,
                    resources,
                    allocationInterval,
                    heartbeatInterval,
                    keptSandboxes,
                    clock,
                    attributes,
                    specs,
                    masterDomain,
                    agentTimeout);
        }

        /** The same with masters in this region and zone. */
        public Settings withMastersIn(String region, String zone) {
            return new Settings(
                    port,
                    workDirectory,
                    agents,
                    resources,
                    allocationInterval,
                    heartbeatInterval,
                    keptSandboxes,
                    clock,
                    attributes,
                    ownAgents,
                    Optional.of(AgentSpec.domain(region, zone)),
                    agentTimeout);
        }

        /** The same with agents that are given up when they are silent or away for this long. */
        public Settings withAgentTimeout(Duration timeout) {
            return new Settings(
                    port,
                    workDirectory,
                    agents,
                    resources,
                    allocationInterval,
                    heartbeatInterval,
                    keptSandboxes,
                    clock,
                    attributes,
                    ownAgents,
                    masterDomain,
                    timeout);
        }

        private Cluster.Settings behaviour() {
            return new Cluster.Settings(
                    heartbeatInterval, allocationInterval, agentTimeout, Duration.ZERO, masterDomain);
        }

        /** Names below localhost are this machine as well (RFC 6761), and let pods tell the agents apart. */
        private List<AgentSpec> specs() {
            if (!ownAgents.isEmpty()) {
                return ownAgents;
            }
            int ports = (resources.lastPort() - resources.firstPort() + 1) / agents;
            var specs = new ArrayList<AgentSpec>();
            for (int i = 0; i < agents; i++) {
                int first = resources.firstPort() + i * ports;
                String hostname = i == 0 ? "localhost" : "agent-" + i + ".localhost";
                AgentSpec spec = AgentSpec.of(hostname, resources.cpus(), resources.mem(), resources.disk())
                        .without("ports")
                        .with(AgentSpec.ports(first, first + ports - 1));
                if (i < attributes.size()) {
                    for (var attribute : new TreeMap<>(attributes.get(i)).entrySet()) {
                        spec = spec.withText(attribute.getKey(), attribute.getValue());
                    }
                }
                specs.add(spec);
            }
            return specs;
        }
    }

    private LocalMesos(WorkDirectoryLock lock, ThreadLoop loop, ContainerRunner runner, Cluster cluster) {
        this.lock = lock;
        this.loop = loop;
        this.runner = runner;
        this.cluster = cluster;
    }

    /**
     * Starts a cluster; it accepts subscriptions when this returns.
     *
     * @throws UncheckedIOException if the work directory cannot be used or is in use, or the port cannot be had
     */
    public static LocalMesos start(Settings settings) {
        return start(settings, loop -> ProcessRunner.open(settings.workDirectory(), settings.keptSandboxes()));
    }

    /**
     * Starts a cluster whose containers only pretend, on real time: for tests that need a socket and no processes.
     *
     * @throws UncheckedIOException if the work directory cannot be used or is in use, or the port cannot be had
     */
    public static LocalMesos startScripted(Settings settings) {
        return start(settings, ScriptedContainers::new);
    }

    private interface Containers {
        ContainerRunner open(ThreadLoop loop) throws IOException, InterruptedException;
    }

    private static LocalMesos start(Settings settings, Containers containers) {
        WorkDirectoryLock lock = WorkDirectoryLock.take(settings.workDirectory());
        ContainerRunner runner = null;
        var loop = new ThreadLoop(settings.clock());
        try {
            runner = containers.open(loop);
            var cluster = new Cluster(loop, runner, UUID::randomUUID, settings.behaviour(), BusyPorts::now);
            var mesos = new LocalMesos(lock, loop, runner, cluster);
            mesos.begin(settings);
            return mesos;
        } catch (IOException e) {
            release(runner, loop, lock);
            throw new UncheckedIOException("Cannot start in " + settings.workDirectory(), e);
        } catch (InterruptedException e) {
            release(runner, loop, lock);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting", e);
        } catch (RuntimeException e) {
            release(runner, loop, lock);
            throw e;
        }
    }

    private void begin(Settings settings) throws InterruptedException {
        HttpServer server = listen(settings.port());
        boolean begun = false;
        try {
            loop.call(() -> {
                cluster.elect(0, Duration.ZERO, Duration.ZERO);
                settings.specs().forEach(cluster::addAgent);
                return true;
            });
            server.serve();
            begun = true;
        } finally {
            if (!begun) {
                server.close();
            }
        }
        log.info(
                "A local Mesos with {} agents listens on port {}; its sandboxes are in {}",
                settings.specs().size(),
                server.port(),
                settings.workDirectory());
    }

    /** A server for one more seat of a master. */
    private HttpServer listen(int port) throws InterruptedException {
        int seat = servers.size();
        HttpServer server =
                HttpServer.listen(port, LARGEST_CALL, new SchedulerApi(loop, () -> cluster.leadership(seat)));
        servers.add(server);
        loop.call(() -> cluster.seats().add(server.port()));
        return server;
    }

    /**
     * Starts another master, which does not lead and sends those who ask to the one that does, until it is elected.
     *
     * @return the number of its seat, for {@link Cluster#elect}; that of the first master is 0
     */
    public int addMaster() {
        try {
            listen(0).serve();
            return servers.size() - 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting a master", e);
        }
    }

    /** Where a master is: {@code http://127.0.0.1:<port>}. */
    public URI masterUri(int seat) {
        return URI.create("http://127.0.0.1:" + servers.get(seat).port());
    }

    /** Does something to the cluster, and returns when it is done. */
    public void control(Consumer<Cluster> action) {
        ask(asked -> {
            action.accept(asked);
            return true;
        });
    }

    /** Asks the cluster something. */
    public <T> T ask(Function<Cluster, T> question) {
        try {
            return loop.call(() -> question.apply(cluster));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the cluster", e);
        }
    }

    /**
     * What the containers will do, of a cluster where they only pretend.
     *
     * @throws IllegalStateException if they are processes
     */
    public ScriptedContainers containers() {
        if (runner instanceof ScriptedContainers scripted) {
            return scripted;
        }
        throw new IllegalStateException("The containers of this cluster are processes");
    }

    /** Where the first master is: {@code http://127.0.0.1:<port>}. */
    public URI masterUri() {
        return masterUri(0);
    }

    /** Cuts all connections and ends all containers; no process of theirs lives when this returns. */
    @Override
    public void close() {
        servers.forEach(HttpServer::close);
        release(runner, loop, lock);
    }

    private static void release(@Nullable ContainerRunner runner, ThreadLoop loop, WorkDirectoryLock lock) {
        loop.close();
        if (runner != null) {
            runner.close();
        }
        lock.close();
    }
}
