package io.muster.deploy.web;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.db.testing.TestDatabase;
import io.muster.deploy.leadership.Leadership;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A version is shown from the moment on at which its deployment is gone, and no earlier: whoever asks, and whichever replica
 * answers.
 *
 * <p>No two answers are of one moment, so what they prove depends on their order. The end of a deployment is final. So once a
 * list lacks it, every pod read later must be the new one; and once a pod is the new one, no list read later may have the
 * deployment. A reader therefore asks for list, pods, list, over and over. Each of the eight readers asks another combination
 * of the two replicas.
 */
class ExposureTest {

    private static final List<String> PODS = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
            .map("/exposed/"::concat)
            .toList();
    private static final int ROLLOUTS = 200;
    private static final int READERS = 8;

    /** The last version of each pod that was accepted. */
    private volatile Map<String, String> accepted = Map.of();

    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    @Test
    void noReaderOfAnyReplicaSeesTheEndOfADeploymentAndItsVersionApart() throws SQLException, InterruptedException {
        try (TestDatabase database = TestDatabase.create();
                DeployServer one = DeployServer.replica(database);
                DeployServer other = DeployServer.replica(database)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> leads(one) || leads(other));
            roll(leads(one) ? one : other, List.of(one, other));
        }
    }

    private static boolean leads(DeployServer server) {
        return server.bean(Leadership.class).isLeading();
    }

    private void roll(DeployServer leader, List<DeployServer> replicas) throws InterruptedException {
        submit("POST", leader, 0);
        leader.awaitNoDeployment();
        List<Reader> readers = IntStream.range(0, READERS)
                .mapToObj(number -> new Reader(number, replicas))
                .toList();
        PromptCluster cluster = leader.bean(PromptCluster.class);
        int rounds = ROLLOUTS / PODS.size();
        for (int round = 1; round <= rounds && faults.isEmpty(); round++) {
            // The old instances stay until everybody has seen the deployments run.
            cluster.hold();
            submit("PUT", leader, round);
            lookWhile(readers, () -> {
                cluster.release();
                leader.awaitNoDeployment();
            });
        }
        assertThat(faults).isEmpty();
        assertThat(readers).allSatisfy(reader -> {
            assertThat(reader.sawRunning).isGreaterThanOrEqualTo(rounds);
            assertThat(reader.sawEnded).isGreaterThanOrEqualTo(rounds);
        });
    }

    /** Each reader looks once before something happens, all the time meanwhile, and once when it has happened. */
    private static void lookWhile(List<Reader> readers, Runnable something) throws InterruptedException {
        var ready = new CountDownLatch(readers.size());
        var happened = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (Reader reader : readers) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    reader.look();
                } finally {
                    ready.countDown();
                }
                while (!happened.get()) {
                    reader.look();
                }
                reader.look();
            }));
        }
        ready.await();
        something.run();
        happened.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void submit(String method, DeployServer server, int round) {
        for (String id : PODS) {
            String path = method.equals("POST") ? "/v2/pods" : "/v2/pods" + id;
            DeployServer.Answer answer = server.send(method, path, pod(id, round));
            assertThat(answer.status()).as(answer.http().body()).isIn(200, 201);
            Map<String, String> now = new HashMap<>(accepted);
            now.put(id, answer.body().get("version").asString());
            accepted = now;
        }
    }

    private static String pod(String id, int label) {
        return """
                {"id": "%s", "labels": {"l": "%d"}, "scaling": {"kind": "fixed", "instances": 1},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, label);
    }

    private final class Reader {

        private final int number;
        private final DeployServer firstList;
        private final DeployServer shown;
        private final DeployServer secondList;
        int looks;
        int sawRunning;
        int sawEnded;

        Reader(int number, List<DeployServer> replicas) {
            this.number = number;
            firstList = replicas.get(number & 1);
            shown = replicas.get(number >> 1 & 1);
            secondList = replicas.get(number >> 2 & 1);
        }

        void look() {
            try {
                compare();
            } catch (RuntimeException | AssertionError failed) {
                faults.add("reader " + number + ": " + failed);
            }
            looks++;
        }

        /** Versions only grow, so that what is accepted during the look can not be taken for a fault. */
        private void compare() {
            Map<String, String> expected = accepted;
            Map<String, String> before = deployed(firstList);
            Map<String, String> versions = shown();
            Map<String, String> after = deployed(secondList);
            if (before.isEmpty()) {
                sawEnded++;
            } else {
                sawRunning++;
            }
            versions.forEach((pod, version) -> {
                String running = after.get(pod);
                check(
                        before.containsKey(pod) || version.compareTo(expected.get(pod)) >= 0,
                        "no deployment of " + pod + " runs, but it is not " + expected.get(pod) + " but " + version);
                check(
                        running == null || running.compareTo(version) > 0,
                        pod + " is " + version + ", but a deployment of " + running + " runs");
            });
        }

        private void check(boolean holds, String fault) {
            if (!holds) {
                faults.add("reader " + number + " in look " + looks + ": " + fault);
            }
        }

        /** The versions that are being deployed, by pod. */
        private Map<String, String> deployed(DeployServer server) {
            return server.get("/v2/deployments")
                    .body()
                    .valueStream()
                    .collect(toMap(
                            deployment ->
                                    deployment.path("affectedPods").path(0).asString(),
                            deployment -> deployment.get("version").asString()));
        }

        /** The versions that pods show, by pod; in each look seen in another way. */
        private Map<String, String> shown() {
            Stream<JsonNode> pods = switch (looks % 3) {
                case 0 -> shown.get("/v2/pods").body().valueStream();
                case 1 -> shown.get("/v2/pods/::status").body().valueStream().map(status -> status.get("spec"));
                default ->
                    Stream.of(shown.get("/v2/pods" + PODS.get(looks / 3 % PODS.size()))
                            .body());
            };
            return pods.collect(toMap(
                    pod -> pod.get("id").asString(), pod -> pod.get("version").asString()));
        }
    }
}
