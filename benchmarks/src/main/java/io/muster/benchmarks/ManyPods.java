package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Pods of ten instances each, created by many clients at once on a server that has just started. */
final class ManyPods implements Scenario {

    static final String NAME = "many pods";

    private static final String GROUP = "/scale/many";
    private static final int CLIENTS = 16;
    private static final int INSTANCES = 10;

    @Override
    public void run(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        int pods = size / INSTANCES;
        Consumption before = installation.consumption();
        create(installation, GROUP, pods);
        double accepted = installation.consumption().minus(before).seconds();
        installation.awaitNoDeployment();
        Consumption used = installation.consumption().minus(before);
        installation.check(Installation.running(GROUP), (long) INSTANCES * pods);
        Map<String, Number> more = new LinkedHashMap<>();
        more.put("acceptedAfterSeconds", accepted);
        more.putAll(installation.timesToReady(GROUP));
        report.work(installation, NAME, (long) INSTANCES * pods, used, more);
    }

    /** Returns when all are accepted. */
    static void create(Installation installation, String group, int pods) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                all.add(clients.submit(() -> {
                    try (var connection = new Connection(installation.server().port)) {
                        for (int pod = next.getAndIncrement(); pod < pods; pod = next.getAndIncrement()) {
                            connection
                                    .exchange("POST", "/v2/pods", Definitions.sleeping(group + "/p" + pod, INSTANCES))
                                    .expect(201);
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
