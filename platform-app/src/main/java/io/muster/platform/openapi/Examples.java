package io.muster.platform.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies to show beside the schemas; the files stand beside this class. */
final class Examples {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Examples() {}

    /** The document of the file of that name. */
    static JsonNode file(String name) {
        try (InputStream file = Examples.class.getResourceAsStream(name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("there is no example " + name);
            }
            return JSON.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JsonNode list(String name) {
        return JSON.createArrayNode().add(file(name));
    }

    static JsonNode text(String json) {
        return JSON.readTree(json);
    }

    static JsonNode texts(List<String> texts) {
        return JSON.valueToTree(texts);
    }
}
