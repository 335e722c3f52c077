package io.muster.localmesos;

import io.muster.localmesos.agent.Agent;
import io.muster.localmesos.agent.ContainerRunner;
import io.muster.localmesos.agent.ProcessRunner;
import io.muster.localmesos.agent.Resources;
import io.muster.localmesos.http.HttpServer;
import io.muster.localmesos.loop.ThreadLoop;
import io.muster.localmesos.master.Master;
import io.muster.localmesos.master.SchedulerApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.Value;
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
    private final HttpServer server;

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
            List<Map<String, String>> attributes) {
        public Settings {
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
                    attributes);
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
                    attributes);
        }

        /** The same with these intervals. */
        public Settings withIntervals(Duration allocation, Duration heartbeat) {
            return new Settings(
                    port, workDirectory, agents, resources, allocation, heartbeat, keptSandboxes, clock, attributes);
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
                    ofAgents);
        }
    }

    private LocalMesos(WorkDirectoryLock lock, ThreadLoop loop, ContainerRunner runner, HttpServer server) {
        this.lock = lock;
        this.loop = loop;
        this.runner = runner;
        this.server = server;
    }

    /**
     * Starts a cluster; it accepts subscriptions when this returns.
     *
     * @throws UncheckedIOException if the work directory cannot be used or is in use, or the port cannot be had
     */
    public static LocalMesos start(Settings settings) {
        WorkDirectoryLock lock = WorkDirectoryLock.take(settings.workDirectory());
        ContainerRunner runner = null;
        var loop = new ThreadLoop(settings.clock());
        try {
            runner = ProcessRunner.open(settings.workDirectory(), settings.keptSandboxes());
            var identity = new Master.Settings(
                    UUID.randomUUID().toString(), settings.heartbeatInterval(), settings.allocationInterval());
            var master = new Master(identity, loop, UUID::randomUUID);
            registerAgents(settings, identity.id(), loop, runner, master);
            HttpServer server = HttpServer.listen(settings.port(), LARGEST_CALL, new SchedulerApi(loop, master));
            loop.execute(() -> master.start(server.port()));
            server.serve();
            log.info(
                    "A local Mesos with {} agents listens on port {}; its sandboxes are in {}",
                    settings.agents(),
                    server.port(),
                    settings.workDirectory());
            return new LocalMesos(lock, loop, runner, server);
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

    private static void registerAgents(
            Settings settings, String masterId, ThreadLoop loop, ContainerRunner runner, Master master) {
        AgentResources each = settings.resources();
        int ports = (each.lastPort() - each.firstPort() + 1) / settings.agents();
        for (int i = 0; i < settings.agents(); i++) {
            int first = each.firstPort() + i * ports;
            var total = Resources.of(each.cpus(), each.mem(), each.disk(), first, first + ports - 1);
            master.register(new Agent(loop, runner, UUID::randomUUID, master, info(settings, masterId, i), total));
        }
    }

    /** Names below localhost are this machine as well (RFC 6761), and let pods tell the agents apart. */
    private static AgentInfo info(Settings settings, String masterId, int agent) {
        var info = AgentInfo.newBuilder()
                .setId(AgentID.newBuilder().setValue(masterId + "-S" + agent))
                .setHostname(agent == 0 ? "localhost" : "agent-" + agent + ".localhost");
        if (agent < settings.attributes().size()) {
            new TreeMap<>(settings.attributes().get(agent))
                    .forEach((name, text) -> info.addAttributes(Attribute.newBuilder()
                            .setName(name)
                            .setType(Value.Type.TEXT)
                            .setText(Value.Text.newBuilder().setValue(text))));
        }
        return info.build();
    }

    /** Where the master is: {@code http://127.0.0.1:<port>}. */
    public URI masterUri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Cuts all connections and ends all containers; no process of theirs lives when this returns. */
    @Override
    public void close() {
        server.close();
        release(runner, loop, lock);
    }

    private static void release(@Nullable ContainerRunner runner, ThreadLoop loop, WorkDirectoryLock lock) {
        loop.close();
        if (runner != null) {
            runner.close();
        }
        lock.close();
    }

    /** Two clusters in one directory would end each other's processes as strays. */
    private static final class WorkDirectoryLock implements AutoCloseable {
        private final FileChannel channel;

        private WorkDirectoryLock(FileChannel channel) {
            this.channel = channel;
        }

        static WorkDirectoryLock take(Path workDirectory) {
            try {
                Path file = Files.createDirectories(workDirectory).resolve("lock");
                var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel);
                if (lock == null) {
                    channel.close();
                    throw new IOException("Another local Mesos is using the work directory " + workDirectory);
                }
                return new WorkDirectoryLock(channel);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
            try {
                return channel.tryLock();
            } catch (OverlappingFileLockException e) {
                return null;
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                log.warn("The lock of the work directory could not be given back", e);
            }
        }
    }
}
