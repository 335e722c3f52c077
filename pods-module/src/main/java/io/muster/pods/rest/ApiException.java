package io.muster.pods.rest;

import io.muster.pods.model.Violation;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer that refuses a request, in the shapes that clients of Marathon know. */
public final class ApiException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Literal, as clients compare it; it says App for pods too. */
    private static final String LOCKED = "App is locked by one or more deployments. Override with the option"
            + " '?force=true'. View details at '/v2/deployments/<DEPLOYMENT_ID>'.";

    private final HttpStatus status;
    private final transient ObjectNode body;

    private ApiException(HttpStatus status, String message, ObjectNode body) {
        super(message);
        this.status = status;
        this.body = body.put("message", message);
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@code {"message": …}} */
    public static ApiException of(HttpStatus status, String message) {
        return new ApiException(status, message, empty());
    }

    public static ApiException notFound(String message) {
        return of(HttpStatus.NOT_FOUND, message);
    }

    /** {@code {"message": …, "details": "…"}}: the details of a 400 are one text. */
    public static ApiException badRequest(String message, String details) {
        ObjectNode body = empty().put("message", message).put("details", details);
        return new ApiException(HttpStatus.BAD_REQUEST, message, body);
    }

    /**
     * 409 with the deployments that hold the pod.
     *
     * @param deployments never empty: clients take a 409 without any for a duplicate
     * @param holding who holds it since when, for the end of the message
     */
    public static ApiException conflictLocked(List<UUID> deployments, String holding) {
        String message = LOCKED + " It is " + holding + ".";
        ObjectNode body = empty().put("message", message);
        ArrayNode ids = body.putArray("deployments");
        deployments.forEach(id -> ids.addObject().put("id", id.toString()));
        return new ApiException(HttpStatus.CONFLICT, message, body);
    }

    /** 422 for JSON of another shape than the schema's. */
    public static ApiException malformed(List<Violation> violations) {
        return unprocessable("Invalid JSON", violations);
    }

    /** 422 for what is well formed and breaks rules. */
    public static ApiException invalid(List<Violation> violations) {
        return unprocessable("Object is not valid", violations);
    }

    /** 422 without details. */
    public static ApiException unprocessable(String message) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, message);
    }

    private static ApiException unprocessable(String message, List<Violation> violations) {
        Map<String, ArrayNode> byPath = new TreeMap<>();
        violations.forEach(
                violation -> byPath.computeIfAbsent(violation.path(), path -> JsonNodeFactory.instance.arrayNode())
                        .add(violation.message()));
        ObjectNode body = empty().put("message", message);
        ArrayNode details = body.putArray("details");
        byPath.forEach((path, errors) -> details.addObject().put("path", path).set("errors", errors));
        return new ApiException(HttpStatus.UNPROCESSABLE_CONTENT, message, body);
    }

    public HttpStatus status() {
        return status;
    }

    public ObjectNode body() {
        return body;
    }
}
