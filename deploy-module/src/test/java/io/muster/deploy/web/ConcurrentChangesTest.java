package io.muster.deploy.web;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many changes at the same moment. */
class ConcurrentChangesTest {

    private static final int CHANGES = 200;

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of("muster.deployments.max-running", String.valueOf(2 * CHANGES)));
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    @Test
    void changesOfDifferentPodsAllSucceed() throws InterruptedException, ExecutionException {
        List<Answer> created = atOnce(number -> server.send("POST", "/v2/pods", pod("/many/p" + number, 1, "old")));
        assertThat(created).extracting(Answer::status).containsOnly(201);
        server.awaitNoDeployment();

        List<Answer> changed =
                atOnce(number -> server.send("PUT", "/v2/pods/many/p" + number, pod("/many/p" + number, 1, "new")));

        assertThat(changed).extracting(Answer::status).containsOnly(200);
        assertThat(changed)
                .extracting(answer -> answer.http().headers().firstValue("Marathon-Deployment-Id"))
                .doesNotHaveDuplicates();
        server.awaitNoDeployment();
        assertThat(versionsLike("/many/%")).isEqualTo(2L * CHANGES);
    }

    @Test
    void ofChangesOfOnePodOneWinsAndTheOthersLeaveNothing() throws InterruptedException, ExecutionException {
        server.send("POST", "/v2/pods", pod("/one", 1, "old"));
        server.awaitNoDeployment();
        PromptCluster cluster = server.bean(PromptCluster.class);
        cluster.hold();
        try {
            Map<Integer, List<Answer>> changed =
                    atOnce(number -> server.send("PUT", "/v2/pods/one", pod("/one", 1, "new" + number))).stream()
                            .collect(groupingBy(Answer::status));

            assertThat(changed).containsOnlyKeys(200, 409);
            List<Answer> won = changed.getOrDefault(200, List.of());
            assertThat(won).hasSize(1);
            String winner = won.getFirst()
                    .http()
                    .headers()
                    .firstValue("Marathon-Deployment-Id")
                    .orElseThrow();
            assertThat(changed.get(409))
                    .hasSize(CHANGES - 1)
                    .allSatisfy(refused -> assertThat(
                                    refused.body().at("/deployments/0/id").asString())
                            .isEqualTo(winner));
            assertThat(versionsLike("/one")).isEqualTo(2);
            assertThat(server.get("/v2/deployments").body()).hasSize(1);
        } finally {
            cluster.release();
        }
        server.awaitNoDeployment();
    }

    @Test
    void ofCreationsOfOneIdOneWinsAndTheOthersLeaveNothing() throws InterruptedException, ExecutionException {
        Map<Integer, List<Answer>> created =
                atOnce(number -> server.send("POST", "/v2/pods", pod("/new", 0, "from" + number))).stream()
                        .collect(groupingBy(Answer::status));

        assertThat(created).containsOnlyKeys(201, 409);
        assertThat(created.get(201)).hasSize(1);
        assertThat(created.get(409))
                .allSatisfy(
                        refused -> assertThat(refused.body().has("deployments")).isFalse());
        assertThat(versionsLike("/new")).isEqualTo(1);
        server.awaitNoDeployment();
    }

    private static List<Answer> atOnce(IntFunction<Answer> change) throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> asked = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                int number = i;
                asked.add(threads.submit(() -> {
                    start.await();
                    return change.apply(number);
                }));
            }
            start.countDown();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static long versionsLike(String pods) {
        return JdbcClient.create(server.bean(DataSource.class))
                .sql("select count(*) from pod_version where pod_id like ?")
                .param(pods)
                .query(Long.class)
                .single();
    }

    private static String pod(String id, int instances, String label) {
        return """
                {"id": "%s", "labels": {"l": "%s"}, "scaling": {"kind": "fixed", "instances": %d},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, label, instances);
    }
}
