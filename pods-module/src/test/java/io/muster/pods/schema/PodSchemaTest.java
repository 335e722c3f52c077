package io.muster.pods.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema by itself, and by definitions whose fate is known. */
class PodSchemaTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaCheck DEFINITION = SchemaCheck.against(PodSchema.document());

    @Test
    void isAValidSchema() {
        SchemaCheck metaschema = SchemaCheck.againstTheMetaschema();

        assertThat(metaschema.problems(JSON.readTree("{\"type\": \"strong\"}"))).isNotEmpty();
        assertThat(metaschema.problems(PodSchema.document())).isEmpty();
        PodSchema.definitions()
                .forEach((name, shape) ->
                        assertThat(metaschema.problems(shape.json())).as(name).isEmpty());
    }

    @Test
    void isCompleteInItself() {
        ObjectNode document = PodSchema.document();

        assertThat(document.get("$id").asString()).isEqualTo("/v2/schemas/pod");
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void itsExamplesFitThePlacesTheyStandAt() {
        ObjectNode definitions = (ObjectNode) PodSchema.document().get("$defs");
        definitions.findParents("examples").forEach(described -> {
            ObjectNode alone = ((ObjectNode) described.deepCopy());
            alone.set("$defs", definitions);
            SchemaCheck place = SchemaCheck.against(alone);
            described
                    .get("examples")
                    .forEach(example -> assertThat(place.problems(example))
                            .as(example.toString())
                            .isEmpty());
        });
    }

    static Stream<Named<JsonNode>> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .map(file -> Named.of(file.getFileName().toString(), JSON.readTree(file)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource
    void examples(JsonNode definition) {
        assertThat(DEFINITION.problems(definition)).isEmpty();
    }

    static Stream<Named<JsonNode>> recordings() throws IOException {
        try (var file = Objects.requireNonNull(
                PodSchemaTest.class.getResourceAsStream("/io/muster/pods/json/marathon-recordings.jsonl"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(JSON::readTree)
                            .map(recording -> Named.of(recording.get("name").asString(), recording))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void tellsTheStructurallyRefusedFromTheAccepted(JsonNode recording) {
        List<String> problems = DEFINITION.problems(recording.get("body"));
        switch (recording.path("refused").asString("accepted")) {
            case "accepted" -> {
                assertThat(problems).isEmpty();
                assertThat(DEFINITION.problems(recording.get("accepted"))).isEmpty();
            }
            case "structure" -> assertThat(problems).isNotEmpty();
            default -> assertThat(recording.has("details")).isTrue();
        }
    }

    private static JsonNode pod(String members) {
        return JSON.readTree("{\"id\": \"/p\", \"containers\": [{\"name\": \"c\", \"resources\": {}, "
                + "\"volumeMounts\": [{\"name\": \"v\", \"mountPath\": \"v\"}]}], "
                + members.replace('\'', '"') + "}");
    }

    private static JsonNode container(String members) {
        return JSON.readTree("{\"id\": \"/p\", \"containers\": [{\"name\": \"c\", \"resources\": {}, "
                + members.replace('\'', '"') + "}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'volumes': [{'name': 'v', 'persistent': {'size': 10}}]",
                "'volumes': [{'name': 'v', 'persistent': {'size': 10, 'type': 'MOUNT', 'maxSize': 20,"
                        + " 'profileName': 'fast', 'constraints': [['path', 'LIKE', '/x']]}}]",
                "'volumes': [{'name': 'v', 'secret': 's', 'host': null}]",
                "'volumes': [{'name': 'v', 'host': ''}]",
                "'scheduling': {'unreachableStrategy': 'Disabled', 'killSelection': 'oldest_FIRST'}",
                "'networks': [{'mode': 'CONTAINER/Bridge'}]",
                "'role': 'web', 'legacySharedCgroups': true",
                "'linuxInfo': {'ipcInfo': {'mode': 'private', 'shmSize': 64}}",
                "'labels': null, 'volumes': null, 'scaling': null, 'nobody': {'knows': 'this'}",
                "'version': '2026-11-22T14:02Z'",
                "'version': '2026-11-22t14:02:05.1234567+01:00'",
                "'scaling': {'kind': 'fixed', 'instances': 2.0}"
            })
    void takesPods(String members) {
        assertThat(DEFINITION.problems(pod(members))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'volumes': [{'name': 'v', 'persistent': {}}]",
                "'volumes': [{'name': 'v', 'persistent': 1}]",
                "'volumes': [{'name': 'v', 'persistent': {'size': 1, 'type': 'tape'}}]",
                "'volumes': [{'name': 'v', 'secret': ''}]",
                "'volumes': [{'name': 'v', 'host': 1}]",
                "'volumes': [{'name': 'V'}]",
                "'volumes': [null]",
                "'scheduling': {'unreachableStrategy': 'off'}",
                "'role': ''",
                "'role': 1",
                "'legacySharedCgroups': 'yes'",
                "'linuxInfo': {'ipcInfo': {}}",
                "'linuxInfo': {'ipcInfo': {'mode': 'shared'}}",
                "'linuxInfo': {'seccomp': {'unconfined': true}}",
                "'labels': {'a': null}",
                "'secrets': {'a': null}"
            })
    void refusesPods(String members) {
        assertThat(DEFINITION.problems(pod(members))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'exec': {'command': {'shell': 'x', 'argv': 1}}",
                "'exec': {'command': {'shell': '', 'argv': ['x']}}",
                "'exec': {'command': {'shell': 1, 'argv': ['x']}}",
                "'resourceLimits': {'cpus': 'unlimited', 'mem': 64}",
                "'linuxInfo': {'seccomp': {'profileName': 'strict'}}",
                "'linuxInfo': {'seccomp': {'unconfined': true, 'profileName': null}}",
                "'linuxInfo': {'ipcInfo': {'mode': 'share_parent'}}",
                "'image': {'kind': 'appc', 'id': 'x'}",
                "'user': ''",
                "'healthCheck': {'tcp': {'endpoint': 'a'}, 'http': null}"
            })
    void takesContainers(String members) {
        assertThat(DEFINITION.problems(container(members))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'exec': {'command': {'shell': ''}}",
                "'exec': {'command': 'x'}",
                "'exec': {'command': {'argv': [null]}}",
                "'resourceLimits': {'cpus': 'lots'}",
                "'resourceLimits': {'mem': -1}",
                "'linuxInfo': {'seccomp': {}}",
                "'linuxInfo': {'seccomp': {'profileName': 'strict', 'unconfined': true}}",
                "'linuxInfo': {'ipcInfo': {'mode': 'SHARE_PARENT', 'shmSize': 1}}",
                "'healthCheck': {}",
                "'healthCheck': {'tcp': {'endpoint': 'a'}, 'exec': {'command': {'shell': 'x'}}}",
                "'endpoints': [null]",
                "'endpoints': [{'name': 'a', 'protocol': ['tcp', 'tcp']}]"
            })
    void refusesContainers(String members) {
        assertThat(DEFINITION.problems(container(members))).isNotEmpty();
    }
}
