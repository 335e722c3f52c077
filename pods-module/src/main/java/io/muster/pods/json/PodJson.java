package io.muster.pods.json;

import io.muster.pods.VersionedPod;
import io.muster.pods.model.Normalisation;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.SubmittedPod;
import io.muster.pods.model.Validation;
import io.muster.pods.model.Violation;
import io.muster.pods.model.Violations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pod definitions from and to JSON. Numbers keep the digits they were sent with. */
public final class PodJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Definitions that are stored were complete when they were accepted, whatever the server offers today. */
    private static final PodFeatures AS_STORED = new PodFeatures(null, true, true, Integer.MAX_VALUE);

    private PodJson() {}

    /** What came of reading a definition. */
    public sealed interface Reading {

        /**
         * Valid, and normalised.
         *
         * @param unknown paths of members that mean nothing
         */
        record Accepted(PodDefinition pod, List<String> unknown) implements Reading {}

        /** Its text is no JSON: {@code problem} says where. Clients get 400. */
        record NotJson(String problem) implements Reading {}

        /** JSON of another shape than the schema's. Clients get 422. */
        record Malformed(List<Violation> violations) implements Reading {}

        /** Well formed, but breaking rules. Clients get 422. */
        record Invalid(List<Violation> violations) implements Reading {}
    }

    private static final Set<String> MEMBERS = Set.of(
            "id",
            "version",
            "labels",
            "user",
            "environment",
            "containers",
            "secrets",
            "volumes",
            "networks",
            "scaling",
            "scheduling",
            "executorResources");

    /**
     * Reads what a client sent, in Marathon's order: syntax, structure, meaning; each stage reports all it finds.
     *
     * @param strict whether unknown members are refused
     */
    public static Reading read(byte[] body, PodFeatures features, boolean strict) {
        JsonNode document;
        try {
            document = MAPPER.readTree(body);
        } catch (JacksonException notJson) {
            return new Reading.NotJson(notJson.getOriginalMessage());
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(document.toString())) {
            return new Reading.NotJson("A string holds half of a surrogate pair, which cannot be stored");
        }
        var malformed = new Violations();
        SubmittedPod pod = PodReader.read(JsonCursor.root(document, malformed));
        List<String> unknown = document.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .map(name -> "/" + name)
                .toList();
        if (strict) {
            unknown.forEach(path -> malformed.add(path, "is unknown"));
        }
        if (!malformed.isEmpty()) {
            return new Reading.Malformed(malformed.toList());
        }
        List<Violation> violations = Validation.check(pod, features);
        return violations.isEmpty()
                ? new Reading.Accepted(Normalisation.normalise(pod, features), unknown)
                : new Reading.Invalid(violations);
    }

    /** The document that answers carry; it may be changed by the caller. */
    public static ObjectNode write(VersionedPod pod) {
        return PodWriter.write(pod.definition(), pod.version());
    }

    /** The text to be stored: complete, without a version. */
    public static String store(PodDefinition pod) {
        return PodWriter.write(pod, null).toString();
    }

    /**
     * The definition that {@link #store} made the text of.
     *
     * @throws IllegalStateException if the text is damaged
     */
    public static PodDefinition restore(String stored) {
        var malformed = new Violations();
        SubmittedPod pod = PodReader.read(JsonCursor.root(MAPPER.readTree(stored), malformed));
        if (!malformed.isEmpty()) {
            throw new IllegalStateException("stored definition is damaged: " + malformed.toList());
        }
        return Normalisation.normalise(pod, AS_STORED);
    }

    /** SHA-256 in hexadecimal; equal for two definitions whose instances need not be replaced for one another. */
    public static String configHash(PodDefinition pod) {
        return CanonicalForm.configHash(PodWriter.write(pod, null));
    }

    /** Whether two definitions say the same, with numbers compared by value and sets without order. */
    public static boolean same(PodDefinition one, PodDefinition other) {
        return CanonicalForm.of(PodWriter.write(one, null)).equals(CanonicalForm.of(PodWriter.write(other, null)));
    }
}
