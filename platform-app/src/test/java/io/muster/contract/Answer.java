package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as it came over the wire.
 *
 * @param headers by their names in lower case
 * @param body decoded; empty if none was sent
 */
record Answer(int status, Map<String, String> headers, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    String text(String pointer) {
        return json().at(pointer).asString("");
    }

    String message() {
        return text("/message");
    }

    String version() {
        return text("/version");
    }

    /** The deployment that was begun. */
    String deployment() {
        return header("Marathon-Deployment-Id").orElseThrow(() -> new AssertionError("no deployment in " + this));
    }

    /** The messages of a 422, by path. */
    Map<String, List<String>> violations() {
        Map<String, List<String>> violations = new TreeMap<>();
        for (JsonNode detail : json().get("details")) {
            violations.put(
                    detail.get("path").asString(),
                    detail.get("errors").valueStream().map(JsonNode::asString).toList());
        }
        return violations;
    }

    Set<String> members() {
        return json().propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** The texts of a bare array. */
    List<String> texts() {
        return json().valueStream().map(JsonNode::asString).toList();
    }

    Answer expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** A 422 of the first stage, which looks at shapes, with this message at this path. */
    Answer expectMalformed(String path, String error) {
        return expectRefused("Invalid JSON", path, error);
    }

    /** A 422 of the second stage, which looks at meaning, with this message at this path. */
    Answer expectInvalid(String path, String error) {
        return expectRefused("Object is not valid", path, error);
    }

    private Answer expectRefused(String message, String path, String error) {
        expect(422);
        assertThat(message()).as(body).isEqualTo(message);
        assertThat(violations()).as(body).containsKey(path);
        assertThat(violations().get(path)).as(body).anyMatch(found -> found.contains(error));
        return this;
    }
}
