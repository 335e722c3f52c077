package io.muster.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.schema.PodSchema;
import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document, held against the routes that there are and against itself. */
class ApiDocumentTest extends DocumentedApi {

    /** Described, and not there yet. */
    private static final Set<String> NO_ROUTE_YET = Set.of();

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private Set<String> mapped() {
        Set<String> routes = new TreeSet<>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().forEach(path -> {
                    for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                        routes.add(Route.key(HttpMethod.valueOf(method.name()), path));
                    }
                }));
        routes.removeIf(route -> !route.contains(" /v2/"));
        return routes;
    }

    private static List<String> described() {
        return ApiDescription.routes().stream().map(Route::key).toList();
    }

    @Test
    void everyRouteIsDescribed() {
        assertThat(mapped()).isNotEmpty().isSubsetOf(described());
    }

    @Test
    void everyDescriptionHasARoute() {
        Set<String> withoutRoute = new TreeSet<>(described());
        withoutRoute.removeAll(mapped());

        assertThat(described()).doesNotHaveDuplicates();
        assertThat(withoutRoute).isEqualTo(new TreeSet<>(NO_ROUTE_YET));
    }

    @Test
    void showsExactlyTheRoutesThatThereAre() {
        Set<String> shown = new TreeSet<>();
        forEachOperation((key, operation) -> shown.add(key));

        assertThat(shown).isEqualTo(mapped());
        assertThat(document().get("paths").propertyNames())
                .contains("/v2/pods/{id}::status", "/v2/pods/{id}::versions/{version}", "/v2/pods/::status");
    }

    @Test
    void saysWhatItDescribes() {
        JsonNode document = document();

        assertThat(document.get("openapi").asString()).startsWith("3.1");
        assertThat(document.at("/info/title").asString()).isEqualTo("Muster");
        assertThat(document.at("/info/version").asString()).matches("[0-9]+[.][0-9]+.*");
        assertThat(get("/v3/api-docs.yaml").body()).startsWith("openapi: 3.1");
    }

    @Test
    void everyOperationIsExplained() {
        Set<String> ids = new HashSet<>();
        forEachOperation((key, operation) -> {
            assertThat(operation.get("summary").asString()).as(key).isNotBlank();
            assertThat(operation.get("description").asString()).as(key).isNotBlank();
            assertThat(ids.add(operation.get("operationId").asString())).as(key).isTrue();
            operation.path("parameters").forEach(parameter -> {
                assertThat(parameter.get("description").asString()).as(key).isNotBlank();
                assertThat(parameter.has("schema")).as(key).isTrue();
            });
            for (int i = key.indexOf('{'), n = 0; i >= 0; i = key.indexOf('{', i + 1), n++) {
                assertThat(operation.at("/parameters/" + n + "/in").asString())
                        .as(key)
                        .isEqualTo("path");
            }
        });
    }

    @Test
    void everyExampleFitsItsSchema() {
        var check = new DocumentCheck(document());
        List<String> wrong = new ArrayList<>();
        forEachOperation((key, operation) -> {
            List<JsonNode> contents =
                    new ArrayList<>(operation.path("responses").findValues("content"));
            contents.addAll(operation.path("requestBody").findValues("content"));
            contents.forEach(content -> content.forEach(body -> {
                assertThat(body.path("examples").isEmpty()).as(key).isFalse();
                body.get("examples")
                        .properties()
                        .forEach(example -> check.problems(
                                        body.get("schema"), example.getValue().get("value"))
                                .forEach(problem -> wrong.add(key + ", " + example.getKey() + ": " + problem)));
            }));
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void keepsTheSchemasWhole() {
        JsonNode shown = document().at("/components/schemas");
        PodSchema.definitions().forEach((name, shape) -> {
            JsonNode written = Shape.rebased(shape.json(), "#/components/schemas/");
            assertThat(DocumentCheck.problemsOfSchema(shown.get(name))).as(name).isEmpty();
            assertThat(sorted(shown.get(name)).equals(ApiDocumentTest::byValue, sorted(written)))
                    .as("%s is %s, was %s", name, shown.get(name), written)
                    .isTrue();
        });
    }

    /** The names of required members are a set; the library that writes the document sorts them. */
    private static JsonNode sorted(JsonNode schema) {
        JsonNode sorted = schema.deepCopy();
        sorted.findParents("required").forEach(object -> {
            List<String> names = object.get("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .sorted()
                    .toList();
            ((ObjectNode) object).set("required", JSON.valueToTree(names));
        });
        return sorted;
    }

    private static int byValue(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode document = document();

        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void hasAPageThatAsksNobodyOutside() {
        HttpResponse<String> redirect = get("/swagger-ui.html");
        assertThat(redirect.statusCode()).isEqualTo(302);

        HttpResponse<String> page = get("/swagger-ui/index.html");
        String settings = get("/v3/api-docs/swagger-config").body();

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("swagger-ui").doesNotContain("src=\"http", "href=\"http", "//cdn");
        assertThat(JSON.readTree(settings).get("url").asString()).endsWith("/v3/api-docs");
        assertThat(settings).doesNotContain("validator.swagger.io");
        assertThat(get("/swagger-ui/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
        assertThat(get("/swagger-ui/swagger-initializer.js").body()).doesNotContain("petstore");
    }

    @Test
    void canBeSwitchedOff() {
        ApplicationContextRunner context = new ApplicationContextRunner().withUserConfiguration(ApiDocument.class);

        context.run(on -> assertThat(on).hasSingleBean(ApiDocument.class));
        context.withPropertyValues("springdoc.api-docs.enabled=false")
                .run(off -> assertThat(off).doesNotHaveBean(ApiDocument.class));
    }

    private void forEachOperation(BiConsumer<String, JsonNode> action) {
        document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> action.accept(
                                Route.key(
                                        HttpMethod.valueOf(operation.getKey().toUpperCase(Locale.ROOT)), path.getKey()),
                                operation.getValue())));
    }
}
