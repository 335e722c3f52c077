package io.muster.platform.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/**
 * Puts what is told about the API into the document that springdoc makes from the routes. A route that does not exist is
 * left out; one that nothing is told about stays as springdoc found it.
 */
@Component
@ConditionalOnBooleanProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
class ApiDocument implements OpenApiCustomizer {

    private static final String CONTRACT = """
            Pods in the API that clients of Marathon know, under the same paths.

            A path that does not exist is answered with 404, a method that a path does not have with 405; both bodies are \
            `Error`s, and the answer to 405 names the methods that there are. No answer may be cached. Members that are not \
            known are passed over.""";

    private final ObjectProvider<BuildProperties> build;
    private final String contextPath;

    ApiDocument(ObjectProvider<BuildProperties> build, @Value("${server.servlet.context-path:}") String contextPath) {
        this.build = build;
        this.contextPath = contextPath;
    }

    @Override
    public void customise(OpenAPI document) {
        BuildProperties made = build.getIfAvailable();
        document.info(new Info()
                .title(made == null ? "Muster" : made.get("title"))
                .version(made == null ? "unknown" : made.getVersion())
                .description(CONTRACT));
        document.servers(List.of(new Server().url(contextPath.isEmpty() ? "/" : contextPath)));
        document.tags(ApiDescription.tags());
        document.components(components());
        document.paths(described(document.getPaths()));
    }

    private static Components components() {
        Components components = new Components();
        ApiDescription.schemas().forEach(components::addSchemas);
        return components;
    }

    private static Paths described(Paths found) {
        Set<String> unknown = new LinkedHashSet<>();
        found.forEach((path, item) -> item.readOperationsMap().keySet().stream()
                .map(method -> Route.key(method, path))
                .forEach(unknown::add));
        Paths paths = new Paths();
        for (Route route : ApiDescription.routes()) {
            if (unknown.remove(route.key())) {
                paths.computeIfAbsent(route.path(), path -> new PathItem())
                        .operation(route.method(), route.operation());
            }
        }
        found.forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            if (unknown.contains(Route.key(method, path))) {
                paths.computeIfAbsent(path, same -> new PathItem()).operation(method, operation);
            }
        }));
        return paths;
    }
}
