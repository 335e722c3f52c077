package io.muster.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the chart was rendered to.
 *
 * @param all in the order of Helm
 */
record Manifests(List<JsonNode> all) {

    static String kind(JsonNode manifest) {
        return manifest.at("/kind").asText();
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").asText();
    }

    /** In the order they are written; a missing list has nothing. */
    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** The texts at this place of each element. */
    static List<String> texts(JsonNode list, String pointer) {
        return each(list).map(element -> element.at(pointer).asText()).toList();
    }

    List<JsonNode> ofKind(String kind) {
        return all.stream().filter(manifest -> kind(manifest).equals(kind)).toList();
    }

    /** The only one of its kind. */
    JsonNode only(String kind) {
        List<JsonNode> found = ofKind(kind);
        assertThat(found).as(kind).hasSize(1);
        return Objects.requireNonNull(found.getFirst());
    }

    /** The one of this kind and name. */
    JsonNode named(String kind, String name) {
        return ofKind(kind).stream()
                .filter(manifest -> name(manifest).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** What will run as pods, whatever makes them: specifications of pods with their metadata. */
    List<JsonNode> pods() {
        return all.stream()
                .map(manifest -> manifest.at("/spec/template"))
                .filter(JsonNode::isObject)
                .toList();
    }

    /** The pod of the replicas. */
    JsonNode server() {
        return only("Deployment").at("/spec/template/spec");
    }

    /** The container that serves. */
    JsonNode muster() {
        return server().at("/containers/0");
    }

    /** The settings of the replicas. */
    JsonNode settings() {
        return Chart.yaml(
                named("ConfigMap", "shop-muster").at("/data/application.yaml").asText());
    }

    /** Those that run before the others and those that run together, in this order. */
    static List<JsonNode> containers(JsonNode podSpec) {
        return Stream.concat(each(podSpec.at("/initContainers")), each(podSpec.at("/containers")))
                .toList();
    }
}
