package io.muster.platform.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds bodies against the schemas of a document, by a validator that is not ours. */
final class DocumentCheck {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode components;

    DocumentCheck(JsonNode document) {
        this.components = document.get("components");
    }

    /** What is wrong with the body, each with its place; empty when nothing is. */
    List<String> problems(JsonNode schema, JsonNode body) {
        ObjectNode alone = JsonMapper.shared().createObjectNode();
        alone.set("components", components);
        alone.putArray("allOf").add(schema);
        return problems(REGISTRY.getSchema(SchemaLocation.of("classpath:/document"), alone), body);
    }

    /** What keeps a schema from being one. */
    static List<String> problemsOfSchema(JsonNode schema) {
        return problems(
                REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())), schema);
    }

    private static List<String> problems(Schema schema, JsonNode body) {
        return schema.validate(body).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getKeyword())
                .toList();
    }
}
