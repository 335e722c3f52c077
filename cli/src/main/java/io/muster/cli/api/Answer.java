package io.muster.cli.api;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What the server answered, read to its end. */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record Answer(int status, HttpHeaders headers, byte[] body) {

    private static final JsonMapper JSON = new JsonMapper();

    /** The body; a missing node if there is none, or if it is no JSON. */
    public JsonNode json() {
        return json(body);
    }

    /** A document; a missing node if it is none. */
    public static JsonNode json(byte[] document) {
        try {
            return document.length == 0 ? MissingNode.getInstance() : JSON.readTree(document);
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The id of the deployment that a change began. */
    public Optional<String> deployment() {
        return header("Marathon-Deployment-Id");
    }
}
