package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Loads on a whole installation with many agents. Each checks the end, and prints a line of JSON. */
final class Scale {

    private static final int HEAP_MIB = 1024;
    private static final int CLIENTS = 16;
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final String INSTANCES_RUNNING =
            "select count(*) from instance where condition = 'RUNNING' and goal = 'RUNNING'";

    private final int agents;

    private Scale(int agents) {
        this.agents = agents;
    }

    /**
     * Runs what is named.
     *
     * @param arguments a scenario or {@code all}; its size; how many agents
     */
    static void run(List<String> arguments) throws IOException, SQLException, InterruptedException {
        String name = arguments.isEmpty() ? "all" : arguments.getFirst();
        int size = arguments.size() < 2 ? 10_000 : Integer.parseInt(arguments.get(1));
        var scale = new Scale(arguments.size() < 3 ? 10_000 : Integer.parseInt(arguments.get(2)));
        switch (name) {
            case "all" -> {
                scale.onePod(size);
                scale.manyPods(size);
                scale.rollingUpdate(size / 2);
                scale.manyRunning(10 * size);
                scale.lostAgents(size);
                scale.fullCluster(size);
            }
            case "one-pod" -> scale.onePod(size);
            case "many-pods" -> scale.manyPods(size);
            case "rolling-update" -> scale.rollingUpdate(size);
            case "many-running" -> scale.manyRunning(size);
            case "lost-agents" -> scale.lostAgents(size);
            case "full-cluster" -> scale.fullCluster(size);
            case "growth" -> scale.growth(size);
            default -> throw new IllegalArgumentException("no scenario: " + name);
        }
    }

    private Installation installation() throws IOException, SQLException, InterruptedException {
        return new Installation(agents, 64, 65_536, HEAP_MIB);
    }

    /** One pod from none to so many instances, while somebody reads: on a server that has just started, and again and again. */
    private double onePod(int instances) throws IOException, SQLException, InterruptedException {
        try (Installation installation = installation()) {
            send(installation, "POST", "/v2/pods", Definitions.sleeping("/scale/one", 0), 201);
            installation.awaitNoDeployment();
            scaleUp(installation, instances, "one pod, cold");
            for (int warmUp = 0; warmUp < 2; warmUp++) {
                scaleDown(installation, instances, "one pod, to none");
                scaleUp(installation, instances, "one pod, warming up");
            }
            scaleDown(installation, instances, "one pod, to none");
            return scaleUp(installation, instances, "one pod");
        }
    }

    private void scaleDown(Installation installation, int instances, String scenario)
            throws IOException, SQLException, InterruptedException {
        Consumption before = installation.consumption();
        send(installation, "PUT", "/v2/pods/scale/one", Definitions.sleeping("/scale/one", 0), 200);
        installation.awaitNoDeployment();
        installation.check("select count(*) from instance", 0);
        report(installation, installation.consumption().minus(before), scenario, instances, "");
    }

    private double scaleUp(Installation installation, int instances, String scenario)
            throws IOException, SQLException, InterruptedException {
        Consumption before = installation.consumption();
        try (var reading = new Reading(installation.server().port, "/v2/pods/scale/one")) {
            send(installation, "PUT", "/v2/pods/scale/one", Definitions.sleeping("/scale/one", instances), 200);
            installation.awaitNoDeployment();
            Consumption used = installation.consumption().minus(before);
            installation.check(INSTANCES_RUNNING, instances);
            report(installation, used, scenario, instances, reading.summary());
            return used.seconds();
        }
    }

    /** Pods of ten instances each, created by many clients at once. */
    private double manyPods(int instances) throws IOException, SQLException, InterruptedException {
        int pods = instances / 10;
        try (Installation installation = installation()) {
            Consumption before = installation.consumption();
            createAll(installation, pods);
            double accepted = installation.consumption().minus(before).seconds();
            installation.awaitNoDeployment();
            Consumption used = installation.consumption().minus(before);
            installation.check(INSTANCES_RUNNING, 10L * pods);
            report(
                    installation,
                    used,
                    "many pods",
                    10L * pods,
                    String.format(Locale.ROOT, ",\"acceptedAfterSeconds\":%.2f", accepted));
            return used.seconds();
        }
    }

    private static void createAll(Installation installation, int pods) throws IOException, InterruptedException {
        var next = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                all.add(clients.submit(() -> {
                    try (var connection = new Connection(installation.server().port)) {
                        for (int pod = next.getAndIncrement(); pod < pods; pod = next.getAndIncrement()) {
                            connection
                                    .exchange("POST", "/v2/pods", Definitions.sleeping("/scale/many/p" + pod, 10))
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

    /** All instances of a pod replaced by others, nine tenths of them at least being there at any time. */
    private void rollingUpdate(int instances) throws IOException, SQLException, InterruptedException {
        String path = "/v2/pods/scale/rolled";
        try (Installation installation = installation()) {
            send(installation, "POST", "/v2/pods", rolled(instances, "one"), 201);
            installation.awaitNoDeployment();
            Consumption before = installation.consumption();
            send(installation, "PUT", path, rolled(instances, "two"), 200);
            long fewest = instances;
            while (installation.number("select count(*) from deployment where state in ('SUBMITTED', 'ROLLING')") > 0) {
                fewest = Math.min(fewest, installation.number(INSTANCES_RUNNING));
                TimeUnit.MILLISECONDS.sleep(50);
            }
            Consumption used = installation.consumption().minus(before);
            installation.check(INSTANCES_RUNNING, instances);
            installation.check("select count(distinct version) from instance", 1);
            if (fewest < instances * 9L / 10) {
                throw new IllegalStateException("only " + fewest + " instances ran at one moment");
            }
            report(installation, used, "rolling update", instances, ",\"fewestRunning\":" + fewest);
        }
    }

    private static String rolled(int instances, String value) {
        return Definitions.sleeping("/scale/rolled", instances)
                .replaceFirst(
                        "\\{",
                        "{\"environment\":{\"RELEASE\":\"" + value + "\"},"
                                + "\"scheduling\":{\"upgrade\":{\"minimumHealthCapacity\":0.9,\"maximumOverCapacity\":0.1}},");
    }

    /** So many instances run: what it costs when nothing happens, and how long a restart takes. */
    private void manyRunning(int instances) throws IOException, SQLException, InterruptedException {
        try (Installation installation = installation()) {
            createAll(installation, instances / 10);
            installation.awaitNoDeployment();
            Consumption before = installation.consumption();
            TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
            Consumption quiet = installation.consumption().minus(before);
            report(installation, quiet, "nothing happens", instances, share(quiet));

            Consumption stopped = installation.consumption();
            installation.restartServer();
            double serves = installation.consumption().minus(stopped).seconds();
            send(installation, "POST", "/v2/pods", Definitions.sleeping("/scale/after", 1), 201);
            installation.awaitRunning(instances + 1L);
            double works = installation.consumption().minus(stopped).seconds();
            System.out.printf(
                    Locale.ROOT,
                    "{\"scenario\":\"restart\",\"size\":%d,\"servesAfterSeconds\":%.2f,\"worksAfterSeconds\":%.2f,"
                            + "\"peakMiB\":%d}%n",
                    instances,
                    serves,
                    works,
                    installation.server().peakMiB());
        }
    }

    private static String share(Consumption quiet) {
        return String.format(
                Locale.ROOT, ",\"percentOfACore\":%.2f", quiet.server().toMillis() / 10.0 / quiet.seconds());
    }

    /** A tenth of the agents is cut off, all that ran there is replaced, and then they come back. */
    private void lostAgents(int instances) throws IOException, SQLException, InterruptedException {
        try (Installation installation = installation()) {
            send(installation, "POST", "/v2/pods", impatient(instances), 201);
            installation.awaitNoDeployment();
            Consumption before = installation.consumption();
            installation.order("partition " + agents / 10);
            long lost = installation.number(
                    "select count(*) from instance where agent_hostname in (select 'agent-' || generate_series(0, "
                            + (agents / 10 - 1) + "))");
            installation.awaitRunning(instances - lost);
            installation.awaitRunning(instances);
            Consumption used = installation.consumption().minus(before);
            report(installation, used, "lost agents", Math.max(lost, 1), "");
            Consumption alone = installation.consumption();
            installation.order("reconnect");
            // All that came back is one too many.
            installation.awaitInstances(instances);
            report(installation, installation.consumption().minus(alone), "agents return", Math.max(lost, 1), "");
        }
    }

    private static String impatient(int instances) {
        return Definitions.sleeping("/scale/lost", instances)
                .replaceFirst(
                        "\\{",
                        "{\"scheduling\":{\"unreachableStrategy\":"
                                + "{\"inactiveAfterSeconds\":1,\"expungeAfterSeconds\":3600}},");
    }

    /** Far more instances wait than there is room for; a pod that comes later still gets what becomes free. */
    private void fullCluster(int room) throws IOException, SQLException, InterruptedException {
        int waiting = 5 * room;
        // 0.02 cpus and 33 MiB for each instance, its executor included.
        try (Installation installation = new Installation(agents, 0.02 * room / agents, 65_536, HEAP_MIB)) {
            send(installation, "POST", "/v2/pods", Definitions.sleeping("/scale/full", room + waiting), 201);
            installation.awaitRunning(room);
            Consumption before = installation.consumption();
            TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
            Consumption quiet = installation.consumption().minus(before);
            report(installation, quiet, "full cluster", waiting, share(quiet));
        }
    }

    /** How the time grows with the size, from a tenth of the given one to three times it. */
    private void growth(int size) throws IOException, SQLException, InterruptedException {
        List<Integer> sizes = List.of(size / 10, size * 3 / 10, size, size * 3);
        List<Double> one = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        for (int each : sizes) {
            one.add(onePod(each));
            many.add(manyPods(each));
        }
        System.out.printf(
                Locale.ROOT,
                "{\"scenario\":\"growth\",\"onePodExponent\":%.2f,\"manyPodsExponent\":%.2f}%n",
                Growth.exponent(sizes, one),
                Growth.exponent(sizes, many));
    }

    private static void send(Installation installation, String method, String path, String body, int expected)
            throws IOException {
        try (var connection = new Connection(installation.server().port)) {
            connection.exchange(method, path, body).expect(expected);
        }
    }

    private static void report(Installation installation, Consumption used, String scenario, long units, String more)
            throws IOException {
        long peak = installation.server().peakMiB();
        System.out.println(used.line(scenario, units, more + ",\"peakMiB\":" + peak));
    }

    /** Somebody who asks for a pod over and over. */
    private static final class Reading implements AutoCloseable {

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong slowest = new AtomicLong();

        Reading(int port, String path) {
            Future<?> _ = thread.submit(() -> {
                try (var connection = new Connection(port)) {
                    while (!over.get()) {
                        long begin = System.nanoTime();
                        connection.get(path).expect(200);
                        slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
                        reads.incrementAndGet();
                        TimeUnit.MILLISECONDS.sleep(10);
                    }
                }
                return null;
            });
        }

        String summary() {
            return String.format(
                    Locale.ROOT, ",\"readsBeside\":%d,\"slowestReadMs\":%.1f", reads.get(), slowest.get() / 1e6);
        }

        @Override
        public void close() {
            over.set(true);
            thread.close();
        }
    }
}
