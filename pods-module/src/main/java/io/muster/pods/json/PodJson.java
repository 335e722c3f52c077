package io.muster.pods.json;

import io.muster.pods.VersionedPod;
import io.muster.pods.model.Normalisation;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.SubmittedPod;
import io.muster.pods.model.Validation;
import io.muster.pods.model.Violation;
import io.muster.pods.model.Violations;
import java.util.List;
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
    private static final PodFeatures AS_STORED =
            new PodFeatures(null, "*", true, true, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private PodJson() {}

    /** What came of reading a definition. */
    public sealed interface Reading {

        /**
         * Valid, and normalised.
         *
         * @param unknown paths of what was sent but not read: fields that are not of this schema, or that another
         *     field rules out. In the order of the text, at most {@value Unread#LIMIT}, each of at most
         *     {@value Unread#MAX_PATH} characters and a mark that it was cut
         */
        record Accepted(PodDefinition pod, List<String> unknown) implements Reading {
            public Accepted {
                unknown = List.copyOf(unknown);
            }
        }

        /** Its text is no JSON: {@code problem} says where. Clients get 400. */
        record NotJson(String problem) implements Reading {}

        /** JSON of another shape than the schema's, or that cannot be kept. Clients get 422. */
        record Malformed(List<Violation> violations) implements Reading {}

        /** Well formed, but breaking rules. Clients get 422. */
        record Invalid(List<Violation> violations) implements Reading {}
    }

    /**
     * Reads what a client sent, in Marathon's order: syntax, structure, meaning; each stage reports all it finds. It
     * answers to any bytes, and in time in proportion to their number.
     *
     * @param strict whether members that are not read make the definition malformed
     */
    public static Reading read(byte[] body, PodFeatures features, boolean strict) {
        return switch (JsonText.parse(body)) {
            case JsonText.NotJson(String problem) -> new Reading.NotJson(problem);
            case JsonText.Unacceptable(List<Violation> violations) -> new Reading.Malformed(violations);
            case JsonText.Document(JsonNode document) -> read(document, features, strict);
        };
    }

    private static Reading read(JsonNode document, PodFeatures features, boolean strict) {
        var malformed = new Violations();
        JsonCursor root = JsonCursor.root(document, malformed);
        SubmittedPod pod = PodReader.read(root);
        List<Violation> unread = Unread.below(root);
        if (strict) {
            unread.forEach(member -> malformed.add(member.path(), member.message()));
        }
        if (!malformed.isEmpty()) {
            return new Reading.Malformed(malformed.toList());
        }
        List<Violation> violations = Validation.check(pod, features);
        return violations.isEmpty()
                ? new Reading.Accepted(
                        Normalisation.normalise(pod, features),
                        unread.stream().map(Violation::path).toList())
                : new Reading.Invalid(violations);
    }

    /** The document that answers carry; it may be changed by the caller. */
    public static ObjectNode write(VersionedPod pod) {
        return PodWriter.write(pod.definition(), pod.version());
    }

    /** A definition without a version; it may be changed by the caller. */
    public static ObjectNode document(PodDefinition pod) {
        return PodWriter.write(pod, null);
    }

    /** The text to be stored: complete, without a version. */
    public static String store(PodDefinition pod) {
        return document(pod).toString();
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
