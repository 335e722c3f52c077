package io.muster.deploy.groups;

import io.muster.pods.model.Violation;
import io.muster.pods.rest.ApiException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What clients send of a group (Marathon, groupUpdate.raml). Groups come and go with their pods, so there is nothing to
 * be done for one that is empty; what would need apps is refused.
 *
 * @param id as it was sent; empty if it was not
 */
record GroupUpdate(Optional<String> id) {

    private static final String REMEDY =
            "this server manages pods only: create each pod by POST /v2/pods, its group comes with its id";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a body.
     *
     * @throws ApiException 400 if it is no JSON, 422 if it is no group, or one with apps or pods in it, or asks for what
     *     only groups of apps can do
     */
    static GroupUpdate read(byte[] body) {
        JsonNode sent;
        try {
            sent = JSON.readTree(body);
        } catch (JacksonException notJson) {
            throw ApiException.badRequest("Invalid JSON", notJson.getOriginalMessage());
        }
        demandEmpty(sent, "");
        for (String member : List.of("scaleBy", "version")) {
            if (sent.hasNonNull(member)) {
                throw refused("/" + member, REMEDY);
            }
        }
        return new GroupUpdate(Optional.ofNullable(sent.get("id")).map(JsonNode::asString));
    }

    private static void demandEmpty(JsonNode group, String path) {
        if (!group.isObject()) {
            throw ApiException.malformed(List.of(new Violation(path, "error.expected.jsobject")));
        }
        JsonNode id = group.path("id");
        if (!id.isMissingNode() && !id.isNull() && !id.isString()) {
            throw ApiException.malformed(List.of(new Violation(path + "/id", "error.expected.jsstring")));
        }
        for (String content : List.of("apps", "pods")) {
            if (!group.path(content).isEmpty()) {
                throw refused(path + "/" + content, REMEDY);
            }
        }
        int index = 0;
        for (JsonNode inner : group.path("groups")) {
            demandEmpty(inner, path + "/groups(" + index++ + ")");
        }
    }

    private static ApiException refused(String path, String why) {
        return ApiException.invalid(List.of(new Violation(path, why)));
    }
}
