package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients ask for that look at more than pods. */
@ExtendWith(Servers.class)
class AroundPodsTest {

    private static final Map<String, String> JSON =
            Map.of("Accept", "application/json", "Content-Type", "application/json");

    private final Server server;

    AroundPodsTest(Server server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v2/apps                                            | {'apps':[]}
            /v2/apps/                                           | {'apps':[]}
            /v2/apps?embed=apps.tasks                           | {'apps':[]}
            /v2/apps/?embed=apps.tasks                          | {'apps':[]}
            /v2/apps?embed=apps.taskStats&label=a==b&cmd=x&id=y | {'apps':[]}
            /v2/tasks                                           | {'tasks':[]}
            /v2/tasks?status=running                            | {'tasks':[]}
            /v2/plugins                                         | {'plugins':[]}
            """)
    void whatThereIsNoneOfIsEmpty(String path, String body) {
        assertThat(server.get(path).expect(200).body()).isEqualTo(body.replace('\'', '"'));
    }

    @Test
    void tasksAsTextAreNone() {
        Answer text = server.send("GET", "/v2/tasks", Map.of("Accept", "text/plain"), null);

        assertThat(text.expect(200).body()).isEmpty();
        assertThat(text.header("Content-Type").orElse("")).startsWith("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/tasks", "/versions", "/versions/2026-11-22T11:18:13.066Z"})
    void appsAreNotThere(String below) {
        assertThat(server.get("/v2/apps//rec/web" + below).expect(404).message())
                .isEqualTo("App '/rec/web' does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v2/apps",
        "PUT, /v2/apps",
        "PATCH, /v2/apps",
        "DELETE, /v2/apps/x",
        "PUT, /v2/apps/x?force=true",
        "POST, /v2/apps/x/restart",
        "DELETE, /v2/apps/x/tasks"
    })
    void changesOfAppsAreRefusedAndLeadToPods(String method, String path) {
        Answer refused = server.send(method, path, JSON, "{\"id\": \"/x\"}");

        assertThat(refused.expect(422).message()).contains("pods only", "/v2/pods");
    }

    @Test
    void tasksOfPodsAreListedOnDemand() {
        server.deploy(Pod.of("/around/listed").container("endpoints", "[{'name': 'http', 'hostPort': 0}]"));

        var task = server.get("/v2/tasks?pods=true")
                .json()
                .get("tasks")
                .valueStream()
                .filter(one -> one.get("appId").asString().equals("/around/listed"))
                .findFirst()
                .orElseThrow();

        assertThat(task.get("id").asString())
                .startsWith(server.instances("/around/listed").getFirst());
        assertThat(task.get("state").asString()).isEqualTo("TASK_RUNNING");
        assertThat(task.get("ports")).hasSize(1);
        String ids = "{\"ids\": [\"" + task.get("id").asString() + "\"]}";
        assertThat(server.send("POST", "/v2/tasks/delete", JSON, ids)
                        .expect(422)
                        .message())
                .contains("is a container of a pod", "::instances");
        assertThat(server.instances("/around/listed")).hasSize(1);
        server.delete("/v2/pods/around/listed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'ids': ['app.7a1f0c52-95d3-11e9-b1a0-0242ac110002']} | 200
            {'ids': []}                                           | 200
            {'ids': ['nothing']}                                  | 400
            {'ids': [7]}                                          | 400
            {'ids': 'x'}                                          | 400
            {}                                                    | 400
            [                                                     | 400
            """)
    void killsOfTasksAreRead(String body, int status) {
        Answer answer = server.send("POST", "/v2/tasks/delete", JSON, body.replace('\'', '"'));

        answer.expect(status);
        if (status == 200) {
            assertThat(answer.body()).isEqualTo("{\"tasks\":[]}");
        }
    }

    @Test
    void endpointsOfReadyInstancesAreFound() {
        server.deploy(Pod.of("/around/sd")
                .instances(2)
                .with("labels", "{'team': 'web', 'a-b': 'c'}")
                .container("endpoints", "[{'name': 'http', 'hostPort': 0, 'protocol': ['tcp']}]"));

        Answer found = server.get("/v2/sd/prometheus?pod=/around&label=team=web&label=a-b&endpoint=http");

        assertThat(found.expect(200).json()).hasSize(2);
        var target = found.json().get(0);
        assertThat(target.at("/targets/0").asString()).matches("[^:]+:[0-9]+");
        assertThat(target.at("/labels/__meta_muster_pod").asString()).isEqualTo("/around/sd");
        assertThat(target.at("/labels/__meta_muster_container").asString()).isEqualTo("c");
        assertThat(target.at("/labels/__meta_muster_endpoint").asString()).isEqualTo("http");
        assertThat(target.at("/labels/__meta_muster_pod_label_a_b").asString()).isEqualTo("c");
        assertThat(found.json()
                        .valueStream()
                        .map(one -> one.at("/labels/__meta_muster_instance").asString()))
                .containsExactlyInAnyOrderElementsOf(server.instances("/around/sd"));
        var service = server.get("/v2/sd/services?pod=/around/sd").json().get(0);
        assertThat(service.get("name").asString()).isEqualTo("around_sd_http");
        assertThat(service.get("protocol").asString()).isEqualTo("tcp");
        assertThat(service.get("backends"))
                .hasSize(2)
                .allMatch(backend -> backend.get("ready").asBoolean());
        for (String query : List.of("pod=/aro", "label=team=db", "label=none", "endpoint=https")) {
            assertThat(server.get("/v2/sd/prometheus?" + query).json())
                    .as(query)
                    .isEmpty();
        }
        server.delete("/v2/pods/around/sd");
    }

    @Test
    void whoAsksAgainForEndpointsPaysLittle() {
        Answer first = server.get("/v2/sd/services?pod=/around/none").expect(200);

        Answer again = server.send(
                "GET",
                "/v2/sd/services?pod=/around/none",
                Map.of("If-None-Match", first.header("ETag").orElseThrow()),
                null);

        assertThat(again.expect(304).body()).isEmpty();
    }

    @Test
    void subscriptionsToEventsAreNotThere() {
        assertThat(server.get("/v2/eventSubscriptions").expect(404).message()).isNotEmpty();
    }
}
