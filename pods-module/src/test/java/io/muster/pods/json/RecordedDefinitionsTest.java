package io.muster.pods.json;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Definitions that a real Marathon was sent, with what it made of them. What differs in its 1.7 line or by our decisions
 * is corrected in the recordings; {@code *} stands for a free text.
 */
class RecordedDefinitionsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final PodFeatures FEATURES = new PodFeatures(null, "*", false, false, 1_000_000, 200);

    static Stream<Named<JsonNode>> recordings() throws IOException {
        try (var file = Objects.requireNonNull(
                RecordedDefinitionsTest.class.getResourceAsStream("marathon-recordings.jsonl"))) {
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
    void readsAsMarathonDid(JsonNode recording) {
        Reading reading =
                PodJson.read(recording.get("body").toString().getBytes(StandardCharsets.UTF_8), FEATURES, false);
        switch (reading) {
            case Reading.Accepted accepted -> {
                JsonNode expected = recording.path("accepted");
                JsonNode actual = JSON.readTree(PodJson.store(accepted.pod()));
                assertThat(sameByValue(actual, expected))
                        .as("%s is %s", actual, expected)
                        .isTrue();
                assertThat(names(actual)).isEqualTo(names(expected));
            }
            case Reading.Malformed malformed -> assertRefused(recording, "structure", malformed.violations());
            case Reading.Invalid invalid -> assertRefused(recording, "meaning", invalid.violations());
            case Reading.NotJson notJson -> throw new AssertionError(notJson.problem());
        }
    }

    private static void assertRefused(JsonNode recording, String stage, List<Violation> violations) {
        assertThat(recording.path("refused").asString("accepted")).isEqualTo(stage);
        Map<String, List<String>> expected = new TreeMap<>();
        recording.get("details").properties().forEach(detail -> {
            List<String> errors = new ArrayList<>();
            detail.getValue().forEach(error -> errors.add(error.asString()));
            expected.put(detail.getKey(), errors);
        });
        Map<String, List<String>> actual = violations.stream()
                .collect(groupingBy(
                        Violation::path, TreeMap::new, mapping(violation -> freeText(violation.message()), toList())));
        actual.values().forEach(errors -> errors.sort(null));
        assertThat(actual).isEqualTo(expected);
    }

    private static String freeText(String message) {
        return message.contains("is undefined on object") || message.contains("is not an object") ? "*" : message;
    }

    private static boolean sameByValue(JsonNode one, JsonNode other) {
        return one.equals(RecordedDefinitionsTest::byValue, other);
    }

    private static int byValue(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    /** All member names, in their order: clients that print documents show it. */
    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.properties().forEach(member -> {
            names.add(member.getKey());
            names.addAll(names(member.getValue()));
        });
        if (node.isArray()) {
            node.forEach(element -> names.addAll(names(element)));
        }
        return names;
    }
}
