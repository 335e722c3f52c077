package io.muster.pods.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Asks a validator that is not ours. */
final class SchemaCheck {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    static SchemaCheck against(JsonNode schema) {
        return new SchemaCheck(REGISTRY.getSchema(SchemaLocation.of("classpath:/under-test"), schema));
    }

    static SchemaCheck againstTheMetaschema() {
        return new SchemaCheck(
                REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())));
    }

    /** What is wrong, each with its place; empty when nothing is. */
    List<String> problems(JsonNode document) {
        return schema.validate(document).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getKeyword())
                .toList();
    }
}
