package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code ::terminations} over HTTP. */
class TerminationsApiTest {

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private static void put(String pod, int instances) {
        assertThat(server.send("PUT", "/v2/pods" + pod, """
                        {"id": "%s", "containers": [{"name": "c", "resources": {}}],
                         "scaling": {"kind": "fixed", "instances": %d}}""".formatted(pod, instances))
                        .status())
                .isEqualTo(200);
        server.awaitNoDeployment();
    }

    private static JsonNode terminations(String pod, String query) {
        Answer answer = server.get("/v2/pods" + pod + "::terminations" + query);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void listsTheEndsOfInstancesOfAllLivesTheLastOnesFirst() {
        put("/ends", 3);
        assertThat(terminations("/ends", "")).isEmpty();
        String killed = server.instances("/ends").getFirst();
        assertThat(server.send("DELETE", "/v2/pods/ends::instances/" + killed, "")
                        .status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> terminations("/ends", "").size() == 1);
        put("/ends", 1);
        assertThat(server.send("DELETE", "/v2/pods/ends", "").status()).isEqualTo(202);
        server.awaitNoDeployment();

        JsonNode all = terminations("/ends", "");

        assertThat(all.findValuesAsString("cause"))
                .containsExactly("DELETED", "SCALED_DOWN", "SCALED_DOWN", "KILL_REQUESTED");
        JsonNode first = all.get(3);
        assertThat(first.get("instanceId").asString()).isEqualTo(killed);
        assertThat(first.get("agentHostname").asString()).isNotBlank();
        assertThat(first.at("/containers/0/name").asString()).isEqualTo("c");
        assertThat(first.at("/containers/0/lastKnownState").asString()).isEqualTo("TASK_KILLED");
        assertThat(terminations("/ends", "?instance=" + killed))
                .hasSize(1)
                .first()
                .isEqualTo(first);
        assertThat(terminations("/ends", "?instance=ends.instance-none")).isEmpty();
    }

    @Test
    void goesOnPageByPage() {
        put("/many", 3);
        put("/many", 0);

        Answer page = server.get("/v2/pods/many::terminations?limit=2");

        assertThat(page.body()).hasSize(2);
        String link = page.http().headers().firstValue("Link").orElseThrow();
        Answer last = server.get(link.substring(1, link.indexOf('>')));
        assertThat(last.body()).hasSize(1);
        assertThat(last.http().headers().firstValue("Link")).isEmpty();
        assertThat(last.body().get(0).get("sequence").asLong())
                .isLessThan(page.body().get(1).get("sequence").asLong());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(server.get("/v2/pods/nobody::terminations").status()).isEqualTo(404);
        assertThat(server.get("/v2/pods/NOBODY::terminations").status()).isEqualTo(422);
        assertThat(server.get("/v2/pods/nobody::terminations?after=x").message())
                .contains("after must be a sequence");
        assertThat(server.get("/v2/pods/nobody::terminations?limit=0").status()).isEqualTo(422);
    }
}
