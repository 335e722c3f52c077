package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.application.PodStatuses.View;
import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Goal;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.PodStatus;
import io.muster.deploy.model.Task;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Status documents against the rules of Marathon 1.7 (PodStatusConversion.scala) and against recorded answers. */
class PodStatusJsonTest {

    private static final InstanceId ID = new InstanceId("shop_web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002");
    private static final Instant STAGED = Instant.parse("2026-01-01T00:00:01.500Z");
    private static final Instant STARTED = Instant.parse("2026-01-01T00:00:02.000Z");
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:03.007Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00.300Z");

    private static final String HTTP_CHECK = "\"healthCheck\": {\"http\": {\"endpoint\": \"web\"}},";
    private static final String COMMAND_CHECK = "\"healthCheck\": {\"exec\": {\"command\": {\"shell\": \"true\"}}},";

    /** Endpoints with and without host ports, the checked one in front. */
    private static VersionedPod pod(String check) {
        return read("""
                {"id": "/shop/web", "networks": [{"mode": "container", "name": "quay"}],
                 "executorResources": {"cpus": 0.2, "mem": 64, "disk": 10},
                 "containers": [
                   {"name": "c", %s "resources": {"cpus": 0.25, "mem": 96, "disk": 20, "gpus": 1},
                    "endpoints": [{"name": "web", "containerPort": 80, "hostPort": 0},
                                  {"name": "plain", "containerPort": 81},
                                  {"name": "admin", "containerPort": 82, "hostPort": 0}]},
                   {"name": "d", "resources": {"cpus": 0.05, "mem": 32}}]}""".formatted(check), "2026-01-01T00:00:00Z");
    }

    private static VersionedPod read(String json, String version) {
        Reading reading = PodJson.read(
                json.getBytes(StandardCharsets.UTF_8), new PodFeatures(null, "*", false, false, 1000, 100), false);
        if (reading instanceof Reading.Accepted(PodDefinition definition, var _)) {
            return new VersionedPod(Version.parse(version).orElseThrow(), definition, "hash");
        }
        throw new AssertionError(reading);
    }

    private static Task task(String container, Condition condition, boolean checked, @Nullable Boolean healthy) {
        boolean started = condition != Condition.PROVISIONED && condition != Condition.STAGING;
        return new Task(
                ID.task(container),
                container,
                condition,
                checked,
                healthy,
                STAGED,
                started ? STARTED : null,
                started
                        ? List.of(
                                new NetworkAddresses(Optional.of("quay"), List.of("9.0.0.1", "9.0.0.2")),
                                new NetworkAddresses(Optional.empty(), List.of("127.0.0.1")))
                        : List.of());
    }

    private static Instance instance(VersionedPod pod, Condition condition, Goal goal, Task... tasks) {
        return new Instance(
                ID,
                pod.id(),
                pod.version(),
                pod.configHash(),
                goal,
                condition,
                SINCE,
                null,
                STAGED,
                STAGED,
                null,
                new Agent("S7", "quay-07.example", "north", null),
                List.of(31001, 31002),
                null,
                List.of(tasks));
    }

    private static JsonNode container(String check, Condition condition, @Nullable Boolean healthy) {
        VersionedPod pod = pod(check);
        Task task = task("c", condition, !check.isEmpty(), healthy);
        return document(instance(pod, condition, Goal.RUNNING, task), pod).at("/containers/0");
    }

    private static JsonNode document(View view) {
        return JsonMapper.shared().readTree(new PodStatusJson(JsonMapper.shared()).bytes(view));
    }

    private static JsonNode document(Instance instance, VersionedPod pod) {
        View view = new View(
                pod,
                new PodStatus(PodStatus.Value.STABLE, NOW),
                List.of(instance),
                Map.of(pod.version(), pod),
                Optional.empty(),
                NOW);
        return document(view).at("/instances/0");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            SCHEDULED,   TASK_STAGING,     false, false, false
            PROVISIONED, TASK_STAGING,     true,  false, false
            STAGING,     TASK_STAGING,     true,  true,  false
            STARTING,    TASK_STARTING,    true,  true,  false
            RUNNING,     TASK_RUNNING,     true,  true,  true
            KILLING,     TASK_KILLING,     true,  true,  true
            UNREACHABLE, TASK_UNREACHABLE, true,  true,  true
            UNREACHABLE_INACTIVE, TASK_UNREACHABLE, true, true, true
            FINISHED,    TASK_FINISHED,    false, false, true
            KILLED,      TASK_KILLED,      false, false, true
            FAILED,      TASK_FAILED,      false, false, true
            ERROR,       TASK_ERROR,       false, false, true
            GONE,        TASK_GONE,        false, false, true
            DROPPED,     TASK_DROPPED,     false, false, true
            UNKNOWN,     TASK_UNKNOWN,     false, false, true
            """)
    void showsOfAContainerWhatItsConditionAllows(
            Condition condition, String status, boolean active, boolean resources, boolean health) {
        JsonNode container = container(HTTP_CHECK, condition, true);

        assertThat(container.get("status").asString()).isEqualTo(status);
        assertThat(container.has("containerId")).isEqualTo(active);
        assertThat(container.get("endpoints").isEmpty()).isNotEqualTo(active);
        assertThat(container.has("resources")).isEqualTo(resources);
        assertThat(container.get("conditions").isEmpty()).isNotEqualTo(health);
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void theTableOfConditionsIsComplete(Condition condition) {
        assertThat(container("", condition, null).get("conditions"))
                .as("no check, no condition")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            http,    RUNNING,  true,  true,  reported
            http,    RUNNING,  false, false, reported
            http,    RUNNING,  ,      false, unreported
            http,    FINISHED, true,  false, unreported
            command, RUNNING,  true,  true,  reported
            command, RUNNING,  false, false, reported
            command, RUNNING,  ,      false, unreported
            command, FINISHED, true,  false, unreported
            """)
    void saysHowHealthyAContainerIs(
            String kind, Condition condition, @Nullable Boolean healthy, String value, String reason) {
        String check = kind.equals("http") ? HTTP_CHECK : COMMAND_CHECK;

        JsonNode shown = container(check, condition, healthy).at("/conditions/0");

        assertThat(shown)
                .hasToString("{\"name\":\"healthy\",\"value\":\"" + value + "\",\"reason\":\"health-" + reason
                        + "-by-mesos\",\"lastChanged\":\"2026-01-01T00:00:02.000Z\","
                        + "\"lastUpdated\":\"2026-01-01T00:00:02.000Z\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            http    |       | admin 31002, plain, web 31001
            http    | true  | admin 31002, plain, web 31001 true
            http    | false | admin 31002, plain, web 31001 false
            command | true  | web 31001, admin 31002, plain
            none    |       | web 31001, admin 31002, plain
            """)
    void listsEndpointsWithHostPortsFirstAndTheCheckedOneLast(String kind, @Nullable Boolean healthy, String expected) {
        String check = switch (kind) {
            case "http" -> HTTP_CHECK;
            case "command" -> COMMAND_CHECK;
            default -> "";
        };

        String shown = String.join(
                ", ",
                container(check, Condition.RUNNING, healthy)
                        .get("endpoints")
                        .valueStream()
                        .map(endpoint -> String.join(
                                " ",
                                endpoint.valueStream().map(JsonNode::asString).toList()))
                        .toList());

        assertThat(shown).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            SCHEDULED,   RUNNING,        PENDING
            PROVISIONED, RUNNING,        PENDING
            PROVISIONED, DECOMMISSIONED, TERMINAL
            ERROR,       RUNNING,        TERMINAL
            FAILED,      RUNNING,        TERMINAL
            FINISHED,    RUNNING,        TERMINAL
            KILLED,      RUNNING,        TERMINAL
            GONE,        RUNNING,        TERMINAL
            DROPPED,     RUNNING,        TERMINAL
            UNKNOWN,     RUNNING,        TERMINAL
            KILLING,     RUNNING,        TERMINAL
            KILLING,     DECOMMISSIONED, TERMINAL
            STAGING,     RUNNING,        STAGING
            STARTING,    DECOMMISSIONED, STAGING
            UNREACHABLE, RUNNING,        DEGRADED
            UNREACHABLE_INACTIVE, RUNNING, DEGRADED
            RUNNING,     RUNNING,        STABLE
            RUNNING,     DECOMMISSIONED, STABLE
            """)
    void givesAnInstanceTheStatusOfItsCondition(Condition condition, Goal goal, String status) {
        VersionedPod pod = pod("");

        JsonNode shown = document(instance(pod, condition, goal, task("c", condition, false, null)), pod);

        assertThat(shown.get("status").asString()).isEqualTo(status);
        assertThat(shown.path("message").asString("-"))
                .isEqualTo(condition.isUnreachable() ? "pod instance has become unreachable" : "-");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            RUNNING,  true,  STABLE
            RUNNING,  false, DEGRADED
            RUNNING,  ,      DEGRADED
            FINISHED, true,  DEGRADED
            """)
    void aRunningInstanceIsAsWellAsItsCheckedContainers(Condition condition, @Nullable Boolean healthy, String status) {
        VersionedPod pod = pod(HTTP_CHECK);
        Task checked = task("c", condition, true, healthy);
        Task other = task("d", Condition.RUNNING, false, null);

        JsonNode shown = document(instance(pod, Condition.RUNNING, Goal.RUNNING, checked, other), pod);

        assertThat(shown.get("status").asString()).isEqualTo(status);
        assertThat(shown.path("message").asString("-"))
                .isEqualTo(status.equals("STABLE") ? "-" : "at least one container is not healthy");
    }

    @Test
    void writesAnInstanceWithEveryMemberInPlace() {
        VersionedPod pod = pod(HTTP_CHECK);
        Task running = task("c", Condition.RUNNING, true, true);
        Task staging = task("d", Condition.STAGING, false, null);

        JsonNode shown = document(instance(pod, Condition.STAGING, Goal.RUNNING, running, staging), pod);

        assertThat(shown.propertyNames())
                .containsExactly(
                        "id",
                        "status",
                        "statusSince",
                        "conditions",
                        "agentHostname",
                        "agentId",
                        "agentRegion",
                        "resources",
                        "networks",
                        "containers",
                        "specReference",
                        "localVolumes",
                        "lastUpdated",
                        "lastChanged");
        assertThat(shown.get("resources")).hasToString("{\"cpus\":0.5,\"mem\":192,\"disk\":30,\"gpus\":1}");
        assertThat(shown.get("networks"))
                .hasToString(
                        "[{\"addresses\":[\"127.0.0.1\"]},{\"name\":\"quay\",\"addresses\":[\"9.0.0.1\",\"9.0.0.2\"]}]");
        assertThat(shown.get("statusSince").asString()).isEqualTo("2026-01-01T00:00:03.007Z");
        assertThat(shown.at("/containers/1/statusSince").asString()).isEqualTo("2026-01-01T00:00:01.500Z");
        assertThat(shown.at("/containers/0/containerId").asString()).isEqualTo(ID + ".c");
        assertThat(shown.at("/containers/0/resources"))
                .hasToString("{\"cpus\":0.25,\"mem\":96,\"disk\":20,\"gpus\":1}");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-01-01T00:00:00.000Z, 2026-01-01T00:00Z
            2026-01-01T00:00:05.000Z, 2026-01-01T00:00:05Z
            2026-01-01T00:00:05.120Z, 2026-01-01T00:00:05.120Z
            2026-01-01T10:20:00.007Z, 2026-01-01T10:20:00.007Z
            """)
    void refersToTheVersionInTheFormThatClientsKnow(String version, String shown) {
        VersionedPod pod = read("""
                {"id": "/shop/web", "containers": [{"name": "c", "resources": {}}]}""", version);
        Instance instance = instance(pod, Condition.RUNNING, Goal.RUNNING, task("c", Condition.RUNNING, false, null));

        String reference = document(instance, pod).get("specReference").asString();

        assertThat(reference).isEqualTo("/v2/pods/shop/web::versions/" + shown);
        assertThat(Version.parse(shown)).contains(pod.version());
    }

    @Test
    void writesAPodWithEveryMemberAlsoWhenThereIsNothingToList() {
        VersionedPod pod = pod("");
        PodStatus status = new PodStatus(PodStatus.Value.DEGRADED, NOW);

        JsonNode shown = document(new View(pod, status, List.of(), Map.of(), Optional.empty(), NOW));

        assertThat(shown.propertyNames())
                .containsExactly(
                        "id",
                        "spec",
                        "status",
                        "statusSince",
                        "instances",
                        "terminationHistory",
                        "lastUpdated",
                        "lastChanged");
        assertThat(shown.get("lastUpdated").asString()).isEqualTo("2026-01-01T00:01:00.300Z");
        assertThat(shown.get("lastChanged")).isEqualTo(shown.get("statusSince"));
        assertThat(shown.get("instances")).isEmpty();
        assertThat(shown.get("terminationHistory")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            FAILED,           TaskFailed
            ERROR,            TaskError
            KILLED,           TaskKilled
            LOST,             TaskLost
            FINISHED,         TaskFinished
            DROPPED,          TaskError
            GONE,             TaskError
            GONE_BY_OPERATOR, TaskError
            UNKNOWN,          TaskError
            UNREACHABLE,      TaskError
            RUNNING,          TaskRunning
            STAGING,          TaskStaging
            STARTING,         TaskStarting
            KILLING,          TaskKilling
            """)
    void tellsTheLastFailure(TaskState state, String lastKnownState) {
        VersionedPod pod = pod("");
        TaskId task = ID.task("c");
        Failure failure = new Failure(pod.id(), ID, task, state, STARTED, NOW, "Command exited with status 3");

        JsonNode shown = document(new View(
                pod, new PodStatus(PodStatus.Value.DEGRADED, NOW), List.of(), Map.of(), Optional.of(failure), NOW));

        assertThat(shown.get("terminationHistory"))
                .hasToString("[{\"instanceID\":\"" + ID + "\",\"startedAt\":\"2026-01-01T00:00:02.000Z\","
                        + "\"terminatedAt\":\"2026-01-01T00:01:00.300Z\",\"message\":\"Command exited with status 3\","
                        + "\"containers\":[{\"containerId\":\"" + ID + ".c\",\"lastKnownState\":\"" + lastKnownState
                        + "\"}]}]");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 0, STABLE
            1, 0, DEGRADED
            2, 1, DEGRADED
            2, 2, STABLE
            1, 2, STABLE
            """)
    void countsStableInstancesOfAnyVersion(int wanted, int stable, PodStatus.Value expected) {
        VersionedPod pod = pod("");
        Instance[] running = new Instance[stable];
        Arrays.setAll(
                running,
                number -> instance(pod, Condition.RUNNING, Goal.RUNNING, task("c", Condition.RUNNING, false, null)));

        PodStatus status = PodStatus.live(wanted, List.of(running), NOW);

        assertThat(status).isEqualTo(new PodStatus(expected, stable == 0 ? NOW : SINCE));
    }

    @Test
    void writesTheLaterKillAnswerFlat() {
        VersionedPod pod = pod("");
        Instance instance = instance(pod, Condition.RUNNING, Goal.RUNNING, task("c", Condition.RUNNING, false, null));

        assertThat(new KilledInstanceJson(instance, pod).from18())
                .hasToString("{\"instanceId\":\"" + ID + "\",\"state\":{\"condition\":\"Running\","
                        + "\"since\":\"2026-01-01T00:00:03.007Z\",\"goal\":\"Running\"},"
                        + "\"agentInfo\":{\"host\":\"quay-07.example\",\"agentId\":\"S7\",\"region\":\"north\","
                        + "\"attributes\":[]},\"runSpecVersion\":\"2026-01-01T00:00:00.000Z\","
                        + "\"unreachableStrategy\":{\"inactiveAfterSeconds\":0,\"expungeAfterSeconds\":0}}");
        assertThat(pod.id()).isEqualTo(PodId.of("/shop/web"));
    }
}
