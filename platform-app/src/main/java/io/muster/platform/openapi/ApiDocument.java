package io.muster.platform.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

            Where there are locks, each operation tells by `x-muster-role` which role it needs: `view`, `deploy`, which may view as \
            well, or `admin`, which may do everything.

            A path that does not exist is answered with 404, a method that a path does not have with 405; both bodies are \
            `Error`s, and the answer to 405 names the methods that there are. No answer may be cached. Members that are not \
            known are passed over.""";

    private static final String LOGIN = "login";

    private final ObjectProvider<BuildProperties> build;
    private final String mode;
    private final String contextPath;

    ApiDocument(
            ObjectProvider<BuildProperties> build,
            @Value("${muster.security.mode:none}") String mode,
            @Value("${server.servlet.context-path:}") String contextPath) {
        this.build = build;
        this.mode = mode.toLowerCase(Locale.ROOT);
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
        scheme().ifPresent(scheme -> {
            document.getComponents().addSecuritySchemes(LOGIN, scheme);
            document.security(List.of(new SecurityRequirement().addList(LOGIN)));
        });
        document.paths(described(document.getPaths()));
    }

    /** How callers prove who they are; empty where they need not. */
    private Optional<SecurityScheme> scheme() {
        SecurityScheme scheme = new SecurityScheme().type(SecurityScheme.Type.HTTP);
        return switch (mode) {
            case "basic" -> Optional.of(scheme.scheme("basic"));
            case "jwt" -> Optional.of(scheme.scheme("bearer").bearerFormat("JWT"));
            default -> Optional.empty();
        };
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
