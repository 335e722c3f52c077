package io.muster.platform.openapi;

import io.muster.platform.security.RouteRoles;
import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is told about one method of one path. Under construction: each step adds to it and returns it. */
final class Route {

    static final String JSON = "application/json";

    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    private final HttpMethod method;
    private final String path;
    private final Operation operation = new Operation().responses(new ApiResponses());

    private Route(HttpMethod method, String path) {
        this.method = method;
        this.path = path;
    }

    /**
     * A route.
     *
     * @param id unique among all routes; the name that generated clients give it
     */
    static Route of(HttpMethod method, String path, String tag, String id) {
        Route route = new Route(method, path);
        route.operation.addTagsItem(tag).operationId(id);
        return route;
    }

    HttpMethod method() {
        return method;
    }

    String path() {
        return path;
    }

    Operation operation() {
        return operation;
    }

    /** With the role that it needs, and what those get who do not have it. */
    Route locked(RouteRoles roles) {
        roles.needed(method.name().toUpperCase(Locale.ROOT), path)
                .ifPresent(role -> operation.addExtension("x-muster-role", role.text()));
        return refuses(Refusal.UNKNOWN_USER, Refusal.ROLE_MISSING);
    }

    /** Equal for two routes that answer the same requests, whatever they call their variables. */
    String key() {
        return key(method, path);
    }

    static String key(HttpMethod method, String path) {
        return method.name().toUpperCase(Locale.ROOT) + " "
                + VARIABLE.matcher(path).replaceAll("{}");
    }

    Route tells(String summary, String description) {
        operation.summary(summary).description(description);
        return this;
    }

    Route takes(Parameter... parameters) {
        for (Parameter parameter : parameters) {
            operation.addParametersItem(parameter);
        }
        return this;
    }

    Route takesBody(String description, Shape shape, JsonNode example) {
        operation.requestBody(
                new RequestBody().required(true).description(description).content(content(JSON, shape, example)));
        return this;
    }

    /** An answer without a body. */
    Route answersNothing(int status, String description) {
        answer(status).description(description);
        return this;
    }

    Route answers(int status, String description, Shape shape, JsonNode example) {
        return answers(status, description, JSON, shape, example);
    }

    /** The same answer may be described in several media types. */
    Route answers(int status, String description, String mediaType, Shape shape, JsonNode example) {
        ApiResponse answer = answer(status).description(description);
        Content all = Objects.requireNonNullElseGet(answer.getContent(), Content::new);
        all.putAll(content(mediaType, shape, example));
        answer.content(all);
        return this;
    }

    /** Headers of the answer with that status, which was described before. */
    Route with(int status, String name, Header header) {
        answer(status).addHeaderObject(name, header);
        return this;
    }

    private ApiResponse answer(int status) {
        return operation.getResponses().computeIfAbsent(Integer.toString(status), code -> new ApiResponse());
    }

    /** Answers that refuse. Those with the same status share one description. */
    Route refuses(Refusal... refusals) {
        for (Refusal refusal : refusals) {
            refuse(refusal);
        }
        return this;
    }

    private void refuse(Refusal refusal) {
        ApiResponse answer = answer(refusal.status());
        String earlier = answer.getDescription();
        answer.description(earlier == null ? refusal.description() : earlier + " " + refusal.description());
        Content content = Objects.requireNonNullElseGet(answer.getContent(), Content::new);
        MediaType body = content.computeIfAbsent(JSON, type -> new MediaType());
        body.schema(either(body.getSchema(), SwaggerModel.schema(Shape.ref(refusal.schema()))));
        body.addExamples(
                refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                new Example()
                        .summary(refusal.description())
                        .value(SwaggerModel.example(Examples.text(refusal.example()))));
        answer.content(content);
    }

    private static Schema<?> either(@Nullable Schema<?> earlier, Schema<?> other) {
        if (earlier == null || earlier.equals(other)) {
            return other;
        }
        if (earlier.getAnyOf() == null) {
            Schema<?> both = SwaggerModel.schema(Shape.any());
            return both.addAnyOfItem(earlier).addAnyOfItem(other);
        }
        if (earlier.getAnyOf().contains(other)) {
            return earlier;
        }
        return earlier.addAnyOfItem(other);
    }

    private static Content content(String mediaType, Shape shape, JsonNode example) {
        return new Content()
                .addMediaType(
                        mediaType,
                        new MediaType()
                                .schema(SwaggerModel.schema(shape))
                                .addExamples("usual", new Example().value(SwaggerModel.example(example))));
    }
}
