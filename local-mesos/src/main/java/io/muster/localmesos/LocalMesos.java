package io.muster.localmesos;

import io.muster.localmesos.agent.ContainerRunner;
import io.muster.localmesos.agent.ProcessRunner;
import io.muster.localmesos.cluster.Cluster;
import io.muster.localmesos.http.HttpServer;
import io.muster.localmesos.http.Request;
import io.muster.localmesos.http.Response;
import io.muster.localmesos.loop.ThreadLoop;
import io.muster.localmesos.master.BusyPorts;
import io.muster.localmesos.master.Leadership;
import io.muster.localmesos.master.SchedulerApi;
import io.muster.localmesos.operator.OperatorApi;
import io.muster.localmesos.operator.SandboxFiles;
import io.muster.localmesos.simulation.ScriptedContainers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private final OperatorApi operator;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    private LocalMesos(
            WorkDirectoryLock lock, ThreadLoop loop, ContainerRunner runner, Cluster cluster, Path workDirectory) {
        this.lock = lock;
        this.loop = loop;
        this.runner = runner;
        this.cluster = cluster;
        this.operator = new OperatorApi(() -> loop.call(cluster::registrations), new SandboxFiles(workDirectory));
    }

    /**
     * Starts a cluster; it accepts subscriptions when this returns.
     *
     * @throws UncheckedIOException if the work directory cannot be used or is in use, or the port cannot be had
     */
    public static LocalMesos start(LocalMesosSettings settings) {
        return start(
                settings,
                loop -> ProcessRunner.open(settings.workDirectory(), settings.keptSandboxes()),
                BusyPorts::now);
    }

    /**
     * Starts a cluster whose containers only pretend, on real time: for tests that need a socket and no processes. They
     * use no ports, so all are free.
     *
     * @throws UncheckedIOException if the work directory cannot be used or is in use, or the port cannot be had
     */
    public static LocalMesos startScripted(LocalMesosSettings settings) {
        return start(settings, ScriptedContainers::new, BitSet::new);
    }

    private interface Containers {
        ContainerRunner open(ThreadLoop loop) throws IOException, InterruptedException;
    }

    private static LocalMesos start(LocalMesosSettings settings, Containers containers, Supplier<BitSet> busyPorts) {
        WorkDirectoryLock lock = WorkDirectoryLock.take(settings.workDirectory());
        ContainerRunner runner = null;
        var loop = new ThreadLoop(settings.clock());
        try {
            runner = containers.open(loop);
            var cluster = new Cluster(loop, runner, UUID::randomUUID, settings.behaviour(), busyPorts);
            var mesos = new LocalMesos(lock, loop, runner, cluster, settings.workDirectory());
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

    private void begin(LocalMesosSettings settings) throws InterruptedException {
        HttpServer server = listen(settings.port());
        boolean begun = false;
        try {
            loop.call(() -> {
                cluster.elect(0, Duration.ZERO, Duration.ZERO);
                settings.agents().forEach(cluster::addAgent);
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
                settings.agents().size(),
                server.port(),
                settings.workDirectory());
    }

    /** A server for one more seat of a master. */
    private HttpServer listen(int port) throws InterruptedException {
        int seat = servers.size();
        var scheduler = new SchedulerApi(loop, () -> cluster.leadership(seat));
        HttpServer server = HttpServer.listen(port, LARGEST_CALL, request -> answer(request, seat, scheduler));
        servers.add(server);
        loop.call(() -> cluster.seats().add(server.port()));
        return server;
    }

    /** A master that does not lead sends whoever asks it to the one that does, also for what is answered here. */
    private Response answer(Request request, int seat, SchedulerApi scheduler) throws InterruptedException {
        boolean here = operator.serves(request.path())
                && loop.call(() -> cluster.leadership(seat)) instanceof Leadership.Leading;
        return here ? operator.handle(request, servers.get(seat).port()) : scheduler.handle(request);
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
