package io.muster.benchmarks;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.localmesos.LocalMesosSettings.AgentResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.springframework.util.FileSystemUtils;

/**
 * Many pods of one instance each, created at once, and deleted at once: until the last deployment has ended. Mesos is a
 * simulated one in this process, whose containers run and end as soon as they are told to.
 */
final class DeploymentsAtOnce {

    private static final int PODS = 1_000;
    private static final int CONNECTIONS = 8;
    private static final int HEAP_MIB = 512;
    private static final int AGENTS = 20;

    /** The first is the warm-up. */
    private static final int TIMES = 4;

    private record Request(String method, String path, String body, int status) {}

    private DeploymentsAtOnce() {}

    static void run() throws IOException, InterruptedException {
        // As in the application: see MusterApplication.
        System.setProperty("com.google.protobuf.use_unsafe_pre22_gencode", "true");
        Path directory = Files.createTempDirectory("muster-benchmark-mesos");
        var settings = LocalMesosSettings.in(directory)
                .withAgents(AGENTS, new AgentResources(64, 65_536, 1_000_000, 31_000, 32_999));
        try (var mesos = LocalMesos.startScripted(settings);
                Server server = Server.start(
                        HEAP_MIB,
                        "--muster.mesos.master=" + mesos.masterUri(),
                        "--muster.deployments.max-running=" + 2 * PODS)) {
            for (int time = 0; time < TIMES; time++) {
                String group = "/bench/time" + time + "/p";
                measure(
                        server,
                        "create " + PODS + " pods",
                        pod -> new Request("POST", "/v2/pods", Definitions.sleeping(group + pod, 1), 201));
                measure(
                        server,
                        "delete " + PODS + " pods",
                        pod -> new Request("DELETE", "/v2/pods" + group + pod, "", 202));
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static void measure(Server server, String scenario, IntFunction<Request> requests)
            throws IOException, InterruptedException {
        Duration before = server.cpu();
        long begin = System.nanoTime();
        send(server.port, requests);
        double accepted = (System.nanoTime() - begin) / 1e9;
        try (var connection = new Connection(server.port)) {
            while (connection.get("/v2/deployments").expect(200).length() > 2) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        double ended = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"connections\":%d,\"acceptedAfterSeconds\":%.2f,\"endedAfterSeconds\":%.2f,"
                        + "\"perSecond\":%.0f,\"serverCpuSeconds\":%.2f}%n",
                scenario,
                CONNECTIONS,
                accepted,
                ended,
                PODS / ended,
                server.cpu().minus(before).toMillis() / 1000.0);
    }

    private static void send(int port, IntFunction<Request> requests) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(threads.submit(() -> {
                    try (var connection = new Connection(port)) {
                        for (int pod = next.getAndIncrement(); pod < PODS; pod = next.getAndIncrement()) {
                            Request request = requests.apply(pod);
                            connection
                                    .exchange(request.method(), request.path(), request.body())
                                    .expect(request.status());
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("a request failed", failed.getCause());
        }
    }
}
