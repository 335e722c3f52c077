package io.muster.pods.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of pod definitions, and of the other documents of the web API of pods.
 *
 * <p>The schema of definitions never refuses what the server accepts. It says what can be said of a document by its
 * shape; rules between distant parts, such as that a volume is mounted somewhere, only the server checks.
 */
public final class PodSchema {

    /** Where the server offers the schema. */
    public static final String PATH = "/v2/schemas/pod";

    /** The media type of schemas. */
    public static final String MEDIA_TYPE = "application/schema+json";

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private PodSchema() {}

    /** The schema of a definition, complete in itself. */
    public static ObjectNode document() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        PodShapes.addTo(shapes);
        ContainerShapes.addTo(shapes);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("$schema", DIALECT).put("$id", PATH).put("title", "Pod definition");
        json.setAll(Shape.ref(PodShapes.POD_DEFINITION).json());
        ObjectNode definitions = json.putObject("$defs");
        shapes.forEach((name, shape) -> definitions.set(name, shape.json()));
        return json;
    }

    /**
     * All schemas by name, in a useful order; they refer to each other below {@link Shape#DEFINITIONS}. {@code
     * PodDefinition} is what clients send, {@code Pod} what the server answers; {@code Error}, {@code NotJson}, {@code
     * Violations}, {@code Locked} and {@code Taken} are bodies of refusals.
     */
    public static Map<String, Shape> definitions() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        AnswerShapes.addTo(shapes);
        PodShapes.addTo(shapes);
        ContainerShapes.addTo(shapes);
        return shapes;
    }
}
