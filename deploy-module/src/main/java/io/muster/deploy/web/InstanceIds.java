package io.muster.deploy.web;

import io.muster.pods.model.Violation;
import io.muster.pods.rest.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ids of instances as clients send them, with the refusals they know (Marathon, PodsResource.scala, Instance.scala). */
final class InstanceIds {

    private static final String FORM = "^(.+)\\.(instance-|marathon-)([^\\.]+)$";
    private static final Pattern PATTERN = Pattern.compile(FORM);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private InstanceIds() {}

    /**
     * The id in a path.
     *
     * @throws ApiException 422 if no instance could have it
     */
    static String one(String id) {
        if (!PATTERN.matcher(id).matches()) {
            throw ApiException.invalid(List.of(unlikeAnId("/")));
        }
        demandUuid(id);
        return id;
    }

    /**
     * The ids in a body, each once, in the order sent; maybe none.
     *
     * @throws ApiException 400 if it is no JSON, 422 if it is no array of ids
     */
    static Set<String> several(byte[] body) {
        Set<String> ids = strings(parse(body));
        List<Violation> violations = new ArrayList<>();
        int index = 0;
        for (String id : ids) {
            if (!PATTERN.matcher(id).matches()) {
                violations.add(unlikeAnId("(" + index + ")"));
            }
            index++;
        }
        if (!violations.isEmpty()) {
            throw ApiException.invalid(violations);
        }
        ids.forEach(InstanceIds::demandUuid);
        return ids;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            throw ApiException.badRequest("Invalid JSON", notJson.getOriginalMessage());
        }
    }

    private static Set<String> strings(JsonNode document) {
        if (!document.isArray()) {
            throw ApiException.malformed(List.of(new Violation("", "error.expected.jsarray")));
        }
        Set<String> strings = new LinkedHashSet<>();
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < document.size(); i++) {
            JsonNode element = document.get(i);
            if (element.isString()) {
                strings.add(element.asString());
            } else {
                violations.add(new Violation("(" + i + ")", "error.expected.jsstring"));
            }
        }
        if (!violations.isEmpty()) {
            throw ApiException.malformed(violations);
        }
        return strings;
    }

    private static Violation unlikeAnId(String path) {
        return new Violation(path, "must fully match regular expression '" + FORM + "'");
    }

    private static void demandUuid(String id) {
        Matcher parts = PATTERN.matcher(id);
        String uuid = parts.matches() ? parts.group(3) : "";
        try {
            UUID.fromString(uuid);
        } catch (IllegalArgumentException notAUuid) {
            throw ApiException.unprocessable("Invalid UUID string: " + uuid);
        }
    }
}
