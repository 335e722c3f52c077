package io.muster.pods.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.json.PodGenerator;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodFeatures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema and the reader of the server, on damaged definitions: the schema refuses nothing that the server accepts,
 * and everything that the server refuses for its shape.
 */
class SchemaAgreementTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaCheck DEFINITION = SchemaCheck.against(PodSchema.document());
    private static final int DAMAGED_PER_SEED = 40;

    /** As much as a server can offer, so that it refuses as little as possible. */
    private static final PodFeatures EVERYTHING =
            new PodFeatures("quay", "*", true, true, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final List<String> KNOWN_MEMBERS = List.copyOf(knownMembers());

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "1.5",
            "3.0",
            "65536",
            "99999999999",
            "\"\"",
            "\"a\"",
            "\"A B\"",
            "\"/x\"",
            "\"host\"",
            "\"fixed\"",
            "\"DOCKER\"",
            "\"disabled\"",
            "[]",
            "[null]",
            "[\"a\"]",
            "[1]",
            "[\"a\",\"a\"]",
            "[{}]",
            "{}",
            "{\"a\":1}",
            "{\"a\":\"b\"}",
            "{\"secret\":\"s\"}",
            "{\"endpoint\":\"a\"}",
            "{\"command\":{\"shell\":\"x\"}}",
            "{\"shell\":\"x\"}");

    private static Reading read(JsonNode definition) {
        return PodJson.read(definition.toString().getBytes(StandardCharsets.UTF_8), EVERYTHING, false);
    }

    private static ObjectNode sound(long seed) {
        return (ObjectNode) JSON.readTree(PodJson.store(new PodGenerator(seed).pod()));
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreeOnSoundDefinitions(long seed) {
        ObjectNode definition = sound(seed);

        assertThat(read(definition)).isInstanceOf(Reading.Accepted.class);
        assertThat(DEFINITION.problems(definition)).as(definition.toString()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreeOnTheShapeOfDamagedDefinitions(long seed) {
        var random = new Random(seed);
        for (int n = 0; n < DAMAGED_PER_SEED; n++) {
            ObjectNode definition = sound(seed * DAMAGED_PER_SEED + n);
            for (int damages = 1 + random.nextInt(2); damages > 0; damages--) {
                damage(definition, random);
            }
            List<String> problems = DEFINITION.problems(definition);
            switch (read(definition)) {
                case Reading.Accepted accepted ->
                    assertThat(problems).as("accepted: %s", definition).isEmpty();
                case Reading.Malformed(var violations) ->
                    assertThat(problems).as("%s: %s", violations, definition).isNotEmpty();
                case Reading.Invalid onlyAServerMaySaySo -> {}
                case Reading.NotJson(String problem) -> throw new AssertionError(problem);
            }
        }
    }

    /** Removes a member, or puts another value into the place of an old one or of a missing member. */
    private static void damage(ObjectNode definition, Random random) {
        List<JsonNode> places = new ArrayList<>();
        collect(definition, places);
        JsonNode place = places.get(random.nextInt(places.size()));
        JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        switch (place) {
            case ArrayNode array when array.isEmpty() -> array.add(value);
            case ArrayNode array -> array.set(random.nextInt(array.size()), value);
            case ObjectNode object -> damage(object, value, random);
            default -> throw new IllegalStateException(place.toString());
        }
    }

    private static void damage(ObjectNode object, JsonNode value, Random random) {
        List<String> own = List.copyOf(object.propertyNames());
        if (own.isEmpty() || random.nextInt(4) == 0) {
            object.set(KNOWN_MEMBERS.get(random.nextInt(KNOWN_MEMBERS.size())), value);
            return;
        }
        String name = own.get(random.nextInt(own.size()));
        if (random.nextInt(3) == 0) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainer()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    /** The names of all members that the schema describes, anywhere. */
    private static Set<String> knownMembers() {
        Set<String> names = new TreeSet<>();
        collectDescribed(PodSchema.document(), names);
        return names;
    }

    private static void collectDescribed(JsonNode schema, Set<String> names) {
        schema.forEach(part -> collectDescribed(part, names));
        names.addAll(schema.path("properties").propertyNames());
    }

    @Test
    void describesEveryMemberThatTheServerWrites() {
        seeds().forEach(seed -> assertThat(KNOWN_MEMBERS).containsAll(memberNames(sound(seed))));
    }

    /** All but the keys of maps, which users choose. */
    private static Set<String> memberNames(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.properties().forEach(member -> {
            names.add(member.getKey());
            if (!Set.of("labels", "environment", "secrets").contains(member.getKey())) {
                names.addAll(memberNames(member.getValue()));
            }
        });
        if (node.isArray()) {
            node.forEach(element -> names.addAll(memberNames(element)));
        }
        return names;
    }
}
