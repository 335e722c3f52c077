package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contract.Differences.Decided;
import io.muster.contract.Servers.Unusual;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a real Marathon (1.11, with default flags) was asked is asked again, in the same order: the statuses, the names of
 * headers and members and the JSON types must be the same, but for the differences that stand in the tables here.
 */
@ExtendWith(Servers.class)
class RecordedMarathonTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What a definition is, is shown in the module that reads it; its recordings are used here as well. */
    private static final Path DEFINITIONS =
            Path.of("../pods-module/src/test/resources/io/muster/pods/json/marathon-recordings.jsonl");

    /** What every recorded answer has. */
    private static final List<String> HEADERS = List.of(
            "Cache-Control",
            "Content-Type",
            "Expires",
            "Pragma",
            "X-Frame-Options",
            "X-Marathon-Leader",
            "X-XSS-Protection");

    private static final Set<String> ALL_HEADERS = Set.of(
            "Cache-Control",
            "Content-Type",
            "ETag",
            "Expires",
            "Location",
            "Marathon-Deployment-Id",
            "Pragma",
            "X-Frame-Options",
            "X-Marathon-Leader",
            "X-XSS-Protection");

    private static final String ONE_POD = "0(10|20|30|31|37|36|52|55|72|84)-.*";

    private static final List<Decided> IN_LIFE = List.of(
            new Decided(".*", "header X-Marathon-Leader missing", "every replica answers by itself"),
            new Decided(ONE_POD, "header ETag added", "lets a client replace only what it has seen"),
            new Decided("005-.*", "header Content-Type missing", "there is no content"),
            new Decided("0(07|22)-.*", "status 500 -> 404", "an unknown route is no fault of the server"),
            new Decided(
                    ".*", "member (/spec|\\[\\]|\\[\\]/spec|/instances\\[\\])?/role missing", "not in Marathon 1.7"),
            new Decided(".*", "member (\\[\\])?/scheduling/placement missing", "left out while empty, as in 1.7"),
            new Decided("0(38|50)-.*", "member /details missing", "not in Marathon 1.7"),
            new Decided("0(40|44)-.*", "member (\\[\\])?/instanceId string -> object", "that of Marathon 1.7"),
            new Decided("0(40|44)-.*", "member (\\[\\])?/instanceId/idString added", "that of Marathon 1.7"),
            new Decided("0(40|44)-.*", "member (\\[\\])?/state/condition string -> object", "that of Marathon 1.7"),
            new Decided("0(40|44)-.*", "member (\\[\\])?/state/condition/str added", "that of Marathon 1.7"),
            new Decided("0(40|44)-.*", "member (\\[\\])?/tasksMap added", "that of Marathon 1.7"));

    private static final List<Decided> IN_REFUSALS = List.of(
            new Decided("191 .*", "path /podSecretVolumes\\(pod\\) missing", "a path that is in no definition"),
            new Decided("191 .*", "path /podSecretVolumes\\(pod\\)\\(0\\)/secret missing", "no path either"),
            new Decided("191 .*", "path /volumes\\(0\\)/secret added", "the path of what is wrong"),
            new Decided("20[35] .*", "path /scheduling/placement/constraints missing", "says nothing of its own"));

    private static final List<Decided> IN_INSTANCES =
            List.of(new Decided(".*", "member /role missing", "not in Marathon 1.7"));

    private final Server server;

    RecordedMarathonTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.clear();
    }

    private static List<JsonNode> read(String resource) throws IOException {
        try (var file = Objects.requireNonNull(RecordedMarathonTest.class.getResourceAsStream(resource))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .toList();
        }
    }

    @Test
    void livesOfPodsLookAsRecorded() throws IOException {
        server.clear();
        var differences = new Differences(IN_LIFE);
        var names = new Names();

        for (JsonNode recording : read("marathon-life.jsonl")) {
            String name = recording.get("name").asString();
            JsonNode expected = recording.path("answer");
            String path = names.ours(recording.get("path").asString());
            if (expected.has("instances")) {
                awaitStatus(path, expected, names);
            } else if (path.equals("/v2/deployments") && !expected.isEmpty()) {
                soon().until(() ->
                        server.get(path).json().path(0).path("currentStep").asInt() > 0);
            } else if (recording.get("status").asInt() < 300 && !path.equals("/v2/deployments")) {
                soon().until(() -> server.deployments().isEmpty());
            }
            Answer answer = send(recording.get("method").asString(), path, recording.get("body"), names);

            differences.compareStatus(name, recording.get("status").asInt(), answer.status());
            differences.compareNames(name, "header", headers(recording), headers(answer));
            if (recording.get("status").asInt() == answer.status() && !expected.isMissingNode()) {
                differences.compareShapes(name, Shape.of(expected), Shape.of(answer.json()));
                names.learn(expected, answer.json());
            }
        }
        differences.assertAsDecided();
    }

    private Answer send(String method, String path, @Nullable JsonNode body, Names names) {
        if (body == null) {
            return server.send(method, path, Map.of("Accept", "application/json"), null);
        }
        return server.send(
                method,
                path,
                Map.of("Accept", "application/json", "Content-Type", "application/json"),
                names.ours(body.toString()));
    }

    /** Until as many instances are in the same state as were when it was recorded, and none that was killed. */
    private void awaitStatus(String path, JsonNode expected, Names names) {
        soon().until(() -> {
            JsonNode now = server.get(path).json();
            return now.path("status").equals(expected.get("status"))
                    && now.path("instances").size() == expected.get("instances").size()
                    && names.noneIsKilled(now)
                    && server.deployments().isEmpty();
        });
    }

    private static Set<String> headers(JsonNode recording) {
        var names = new TreeSet<>(HEADERS);
        recording.path("moreHeaders").forEach(header -> names.add(header.asString()));
        return names;
    }

    private static Set<String> headers(Answer answer) {
        var names = new TreeSet<String>();
        ALL_HEADERS.stream().filter(name -> answer.header(name).isPresent()).forEach(names::add);
        return names;
    }

    @Test
    void definitionsAreRefusedAtTheRecordedPaths(@Unusual Server withoutSecrets) throws IOException {
        var differences = new Differences(IN_REFUSALS);
        Map<String, JsonNode> bodies = new HashMap<>();
        Files.readAllLines(DEFINITIONS).stream()
                .map(JSON::readTree)
                .forEach(line -> bodies.put(line.get("name").asString(), line.get("body")));

        for (JsonNode recording : read("marathon-refusals.jsonl")) {
            String name = recording.get("name").asString();
            JsonNode body = bodies.getOrDefault(name, recording.path("body"));

            Answer answer = withoutSecrets.post(body.isString() ? body.asString() : body.toString());
            answer.header("Marathon-Deployment-Id").ifPresent(withoutSecrets::awaitEnd);

            differences.compareStatus(name, recording.get("status").asInt(), answer.status());
            if (answer.status() == 422) {
                differences.compareNames(
                        name,
                        "path",
                        recording
                                .path("paths")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList(),
                        answer.violations().keySet());
            }
        }
        withoutSecrets.clear();
        differences.assertAsDecided();
    }

    /** Instances are looked at as often as possible while they come up, and compared in the states that were recorded. */
    @Test
    void instancesLookAsRecordedInEachState() throws IOException {
        var differences = new Differences(IN_INSTANCES);
        List<JsonNode> creations = read("marathon-life.jsonl").stream()
                .filter(recording -> recording.get("method").asString().equals("POST"))
                .filter(recording -> recording.get("status").asInt() == 201)
                .toList();
        Map<String, JsonNode> seen = new TreeMap<>();
        for (JsonNode creation : creations) {
            Answer created = server.post(creation.get("body").toString()).expect(201);
            String pod = created.text("/id");
            soon().pollInterval(Duration.ofMillis(2)).until(() -> {
                boolean ended = !server.deployments().contains(created.deployment());
                server.status(pod).get("instances").forEach(instance -> seen.put(stateOf(instance), instance));
                return ended;
            });
        }

        var compared = new TreeSet<String>();
        for (JsonNode recording : read("marathon-instances.jsonl")) {
            JsonNode expected = recording.get("instance");
            JsonNode actual = seen.get(stateOf(expected));
            if (actual != null) {
                compared.add(stateOf(expected));
                differences.compareShapes(recording.get("name").asString(), Shape.of(expected), Shape.of(actual));
            }
        }

        differences.assertAsDecided();
        assertThat(compared)
                .contains(
                        "STABLE c1=TASK_RUNNING c2=TASK_RUNNING",
                        "DEGRADED c1=TASK_RUNNING(false, health-unreported-by-mesos)",
                        "STABLE c1=TASK_RUNNING(true, health-reported-by-mesos)");
    }

    private static String stateOf(JsonNode instance) {
        var state = new StringBuilder(instance.get("status").asString());
        for (JsonNode container : instance.get("containers")) {
            state.append(" ")
                    .append(container.get("name").asString())
                    .append("=")
                    .append(container.get("status").asString());
            container
                    .get("conditions")
                    .forEach(condition -> state.append("(")
                            .append(condition.get("value").asString())
                            .append(", ")
                            .append(condition.get("reason").asString())
                            .append(")"));
        }
        return state.toString();
    }

    /** Which names of ours stand for recorded versions and instances. */
    private static final class Names {

        private final Map<String, String> ours = new HashMap<>();
        private final Set<String> killed = new HashSet<>();

        boolean noneIsKilled(JsonNode status) {
            return status.path("instances")
                    .valueStream()
                    .noneMatch(instance -> killed.contains(instance.get("id").asString()));
        }

        String ours(String text) {
            String translated = text;
            for (Map.Entry<String, String> name : ours.entrySet()) {
                translated = translated.replace(name.getKey(), name.getValue());
            }
            return translated;
        }

        void learn(JsonNode recorded, JsonNode answered) {
            answered.findValuesAsString("idString").forEach(killed::add);
            name(recorded.path("version"), answered.path("version"));
            JsonNode instances = recorded.path("instances");
            for (int i = 0; i < instances.size(); i++) {
                name(instances.get(i).path("id"), answered.at("/instances/" + i + "/id"));
            }
        }

        private void name(JsonNode recorded, JsonNode answered) {
            if (recorded.isString() && answered.isString()) {
                ours.put(recorded.asString(), answered.asString());
            }
        }
    }
}
