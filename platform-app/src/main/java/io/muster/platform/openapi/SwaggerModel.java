package io.muster.platform.openapi;

import io.muster.pods.schema.Shape;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns what is ours into the values of the library that writes the document; it has another JSON library. */
final class SwaggerModel {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final JsonMapper JSON = JsonMapper.shared();

    private SwaggerModel() {}

    static Schema<?> schema(Shape shape) {
        Map<String, Object> members =
                JSON.convertValue(Shape.rebased(shape.json(), SCHEMAS), new TypeReference<Map<String, Object>>() {});
        return Json31.mapper().convertValue(members, Schema.class);
    }

    static Object example(JsonNode value) {
        return JSON.convertValue(value, Object.class);
    }
}
