package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.web.PodsServer.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of changes that were accepted, in the order of the outbox. */
class AcceptedEventsTest {

    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    private final String id = "/told/p" + pods++;
    private final String path = "/v2/pods" + id;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private String pod(int instances) {
        return """
                {"id": "%s", "containers": [{"name": "c", "resources": {"cpus": 0.1}}],
                 "scaling": {"kind": "fixed", "instances": %d}}""".formatted(id, instances);
    }

    private List<JsonNode> told() {
        return JdbcClient.create(server.bean(DataSource.class))
                .sql("select body::text from event where pod_id = ? order by id")
                .param(id)
                .query(String.class)
                .list()
                .stream()
                .map(body -> JsonMapper.shared().readTree(body))
                .toList();
    }

    private List<String> types() {
        return told().stream().map(event -> event.get("eventType").asString()).toList();
    }

    private void forget() {
        JdbcClient.create(server.bean(DataSource.class))
                .sql("delete from event")
                .update();
    }

    private void assertLast(String type, String uri, Answer answer, String version) {
        JsonNode event = told().getLast();
        assertThat(event.propertyNames())
                .containsExactlyInAnyOrder(
                        "clientIp", "uri", "podId", "version", "deploymentId", "eventType", "timestamp");
        assertThat(event.get("eventType").asString()).isEqualTo(type);
        assertThat(event.get("clientIp").asString()).isEqualTo("127.0.0.1");
        assertThat(event.get("uri").asString()).isEqualTo(uri);
        assertThat(event.get("podId").asString()).isEqualTo(id);
        assertThat(event.get("version").asString()).isEqualTo(version);
        assertThat(event.get("deploymentId").asString()).isEqualTo(answer.header("Marathon-Deployment-Id"));
    }

    @Test
    void aCreateTellsOfTheVersionTheGroupAndThePod() {
        Answer created = server.post("/v2/pods?reason=x", pod(1)).expect(201);

        assertThat(types())
                .containsExactly("pod_version_state_changed_event", "group_change_success", "pod_created_event");
        assertLast("pod_created_event", "/v2/pods", created, created.version());
        JsonNode group = told().get(1);
        assertThat(group.get("groupId").asString()).isEqualTo("/told");
        assertThat(group.get("version").asString()).isEqualTo(created.version());
        JsonNode version = told().getFirst();
        assertThat(version.get("state").asString()).isEqualTo("SUBMITTED");
        assertThat(version.has("previousState")).isFalse();
    }

    @Test
    void aPutIsAnUpdateAlsoWhereItCreatesOrChangesNothing() {
        Answer created = server.put(path, pod(1)).expect(200);
        assertLast("pod_updated_event", path, created, created.version());
        server.complete(id);
        forget();

        Answer identical =
                server.put("/v2/pods//told/" + id.substring(6), pod(1)).expect(200);
        assertThat(types()).containsExactly("group_change_success", "pod_updated_event");
        assertLast("pod_updated_event", "/v2/pods//told/" + id.substring(6), identical, created.version());
        forget();

        Answer changed = server.put(path, pod(2)).expect(200);
        assertThat(types())
                .containsExactly("pod_version_state_changed_event", "group_change_success", "pod_updated_event");
        assertLast("pod_updated_event", path, changed, changed.version());
    }

    @Test
    void aDeleteNamesTheVersionThatGoes() {
        String version = server.put(path, pod(1)).expect(200).version();
        server.complete(id);
        forget();

        Answer deleted = server.delete(path).expect(202);

        assertThat(types()).containsExactly("group_change_success", "pod_deleted_event");
        assertLast("pod_deleted_event", path, deleted, version);
    }

    @Test
    void aRollbackAndARestartAreUpdatesUnderTheirOwnUri() {
        String one = server.put(path, pod(1)).expect(200).version();
        server.complete(id);
        server.put(path, pod(2)).expect(200);
        server.complete(id);
        forget();

        Answer back = server.post(path + "::rollback?version=" + one, "").expect(200);
        assertLast("pod_updated_event", path + "::rollback", back, back.version());
        server.complete(id);
        forget();

        Answer again = server.post(path + "::restart", "").expect(200);
        assertThat(types()).containsExactly("group_change_success", "pod_updated_event");
        assertLast("pod_updated_event", path + "::restart", again, back.version());
    }

    @Test
    void whatIsRefusedAndWhatIsOnlyTriedTellNothing() {
        server.put(path, pod(1)).expect(200);
        forget();

        server.put(path, pod(2)).expect(409);
        server.post("/v2/pods", pod(2)).expect(409);
        server.put(path + "?dryRun=true&force=true", pod(3)).expect(200);
        server.delete("/v2/pods/nobody").expect(404);

        assertThat(told()).isEmpty();
    }

    @Test
    void aPodAtTheTopBelongsToTheRoot() {
        String top = "/top" + pods;
        server.post("/v2/pods", pod(1).replace(id, top)).expect(201);

        assertThat(JdbcClient.create(server.bean(DataSource.class))
                        .sql("select body::jsonb ->> 'groupId' from event"
                                + " where pod_id = ? and type = 'group_change_success'")
                        .param(top)
                        .query(String.class)
                        .single())
                .isEqualTo("/");
    }
}
