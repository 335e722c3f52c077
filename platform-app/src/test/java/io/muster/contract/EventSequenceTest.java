package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which events a whole change leaves in the log, and in which order. */
@ExtendWith(Servers.class)
class EventSequenceTest {

    private final Server server;

    EventSequenceTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private List<JsonNode> told(String pod) {
        return read("pod_id = '" + pod + "' and type <> 'pod_waiting_event'");
    }

    private List<JsonNode> read(String condition) {
        await().until(() -> server.select("select id from event_outbox").isEmpty());
        return server
                .select("select body from event_log join event on id = event where " + condition + " order by seq")
                .stream()
                .map(body -> JsonMapper.shared().readTree(body))
                .toList();
    }

    private static String type(JsonNode event) {
        return event.get("eventType").asString();
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(EventSequenceTest::type).toList();
    }

    private static List<String> of(List<JsonNode> events, String type, String member) {
        return events.stream()
                .filter(event -> type(event).equals(type))
                .map(event -> event.get(member).asString())
                .toList();
    }

    @Test
    void aPodOfTwoContainersTellsOfEachStepAndOfItsInstanceBeforeTheStepItCauses() {
        Answer created =
                server.post(Pod.of("/told/pair").with("containers", """
                        [{'name': 'a', 'exec': {'command': {'shell': 'exec sleep 3000'}},
                          'resources': {'cpus': 0.01, 'mem': 32},
                          'endpoints': [{'name': 'web', 'hostPort': 0}, {'name': 'admin', 'hostPort': 0}],
                          'healthCheck': {'exec': {'command': {'shell': 'true'}}, 'intervalSeconds': 2, 'timeoutSeconds': 1,
                                          'gracePeriodSeconds': 60}},
                         {'name': 'b', 'exec': {'command': {'shell': 'exec sleep 3000'}},
                          'resources': {'cpus': 0.01, 'mem': 32}}]""")).expect(201);
        server.awaitEnd(created.deployment());

        List<JsonNode> told = told("/told/pair");

        assertThat(types(told).subList(0, 9))
                .containsExactly(
                        "pod_version_state_changed_event",
                        "group_change_success",
                        "pod_created_event",
                        "deployment_info",
                        "deployment_step_success",
                        "deployment_info",
                        "pod_version_state_changed_event",
                        "instance_changed_event",
                        "instance_changed_event");
        List<JsonNode> ofInstance = told.subList(9, told.size() - 4);
        assertThat(types(ofInstance))
                .containsOnly("status_update_event", "instance_changed_event", "instance_health_changed_event");
        assertThat(types(told).subList(told.size() - 4, told.size()))
                .containsExactly(
                        "deployment_step_success",
                        "deployment_success",
                        "pod_version_state_changed_event",
                        "pod_version_exposed_event");
        assertThat(of(told, "pod_version_state_changed_event", "state"))
                .containsExactly("SUBMITTED", "DEPLOYING", "EXPOSED");
        assertThat(of(told, "instance_changed_event", "condition"))
                .startsWith("Scheduled", "Provisioned")
                .endsWith("Running")
                .doesNotHaveDuplicates();
        assertThat(told.stream().filter(event -> event.has("plan")))
                .allMatch(event -> event.at("/plan/id").asString().equals(created.deployment()));
        String instance = server.instances("/told/pair").getFirst();
        for (String container : List.of("a", "b")) {
            List<JsonNode> ofTask = ofInstance.stream()
                    .filter(event -> event.path("taskId").asString("").equals(instance + "." + container))
                    .toList();
            assertThat(of(ofTask, "status_update_event", "taskStatus"))
                    .startsWith("TASK_STARTING", "TASK_RUNNING")
                    .hasSize(container.equals("a") ? 3 : 2);
            assertThat(ofTask.getLast().get("ports")).hasSize(container.equals("a") ? 2 : 0);
        }
        List<String> kinds = types(ofInstance);
        assertThat(kinds.indexOf("instance_changed_event"))
                .as("a report is told before what follows from it")
                .isGreaterThan(0);
        assertThat(of(ofInstance, "instance_health_changed_event", "healthy")).containsExactly("true");
        assertThat(told.stream().map(event -> event.get("timestamp").asString()))
                .isSorted();
    }

    @Test
    void aDeploymentThatIsUndoneTellsOfItsEndAndOfWhatTakesItsPlace() {
        String held = server.post(Pod.unplaceable("/told/held")).expect(201).deployment();
        Server.soon().until(() -> types(told("/told/held")).contains("instance_changed_event"));
        int before = told("/told/held").size();
        server.put(Pod.unplaceable("/told/held").label("other")).expect(409);
        assertThat(told("/told/held")).hasSize(before);

        Answer undone = server.delete("/v2/deployments/" + held).expect(200);
        server.awaitEnd(undone.deployment());

        List<JsonNode> after =
                told("/told/held").subList(before, told("/told/held").size());
        assertThat(types(after))
                .containsExactly(
                        "deployment_step_failure",
                        "deployment_failed",
                        "deployment_cancelled_event",
                        "pod_version_state_changed_event",
                        "group_change_success",
                        "pod_deleted_event",
                        "deployment_info",
                        "instance_changed_event",
                        "app_terminated_event",
                        "deployment_step_success",
                        "deployment_success");
        assertThat(after.get(2).get("rollbackDeploymentId").asString()).isEqualTo(undone.deployment());
        assertThat(after.get(3).get("state").asString()).isEqualTo("ROLLED_BACK");
        assertThat(after.get(3).get("previousState").asString()).isEqualTo("DEPLOYING");
        assertThat(after.get(5).get("uri").asString()).isEqualTo("/v2/deployments/" + held);
        assertThat(read("pod_id = '/told/held' and type = 'pod_waiting_event'"))
                .as("at most one a minute")
                .hasSizeBetween(1, 2)
                .allSatisfy(waiting ->
                        assertThat(waiting.at("/reasons/0/reason").asString()).isEqualTo("InsufficientCpus"));
    }

    @Test
    void aDeletedPodTellsHowItsInstanceEnded() {
        server.deploy(Pod.of("/told/gone"));
        int before = told("/told/gone").size();

        Answer deleted = server.send("DELETE", "/v2/pods/told/gone?force=true", Map.of(), null)
                .expect(202);
        server.awaitEnd(deleted.deployment());

        List<JsonNode> after =
                told("/told/gone").subList(before, told("/told/gone").size());
        assertThat(types(after).stream().filter(type -> !type.equals("status_update_event")))
                .containsSubsequence(
                        "group_change_success",
                        "pod_deleted_event",
                        "deployment_info",
                        "instance_changed_event",
                        "instance_changed_event",
                        "instance_terminated_event",
                        "app_terminated_event",
                        "deployment_step_success",
                        "deployment_success",
                        "pod_version_state_changed_event");
        JsonNode end = after.stream()
                .filter(event -> type(event).equals("instance_terminated_event"))
                .findFirst()
                .orElseThrow();
        assertThat(end.at("/containers/0/name").asString()).isEqualTo("c");
        assertThat(end.at("/containers/0/signal").asString()).startsWith("SIG");
    }

    @Test
    void aNewLeaderTellsOfItselfAndThenOfItsSubscription() {
        List<JsonNode> told = read("pod_id is null");

        assertThat(types(told)).startsWith("leader_changed_event", "scheduler_registered_event");
        assertThat(told.getFirst().get("leader").asString()).endsWith(":" + server.port());
        assertThat(told.get(1).get("master").asString()).matches(".+:\\d+");
        assertThat(told.get(1).get("frameworkId").asString()).isNotEmpty();
    }
}
