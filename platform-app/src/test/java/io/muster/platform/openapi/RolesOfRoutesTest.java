package io.muster.platform.openapi;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.platform.security.RouteRoles;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The role of every route that is described. A new one must be added here, so that somebody thinks about it. */
class RolesOfRoutesTest {

    private static final List<String> TABLE =
            """
            DELETE /v2/deployments/{id}                    deploy
            DELETE /v2/groups                              deploy
            DELETE /v2/groups/{id}                         deploy
            DELETE /v2/leader                              admin
            DELETE /v2/orphans/{taskId}                    admin
            DELETE /v2/pods/{id}                           deploy
            DELETE /v2/pods/{id}::instances                deploy
            DELETE /v2/pods/{id}::instances/{instanceId}   deploy
            DELETE /v2/pods/{id}::versions/{version}       admin
            DELETE /v2/queue/{id}/delay                    deploy
            POST /v2/deployments/{id}::pause               deploy
            POST /v2/deployments/{id}::resume              deploy
            POST /v2/groups                                deploy
            POST /v2/groups/{id}                           deploy
            POST /v2/import                                admin
            POST /v2/pods                                  deploy
            POST /v2/pods/{id}::restart                    deploy
            POST /v2/pods/{id}::rollback                   deploy
            POST /v2/tasks/delete                          deploy
            PUT /v2/groups                                 deploy
            PUT /v2/groups/{id}                            deploy
            PUT /v2/pods/{id}                              deploy
            """.lines().map(line -> line.replaceAll(" +", " ")).toList();

    private final RouteRoles rule = new RouteRoles("/actuator");

    private String line(Route route) {
        String method = route.method().name().toUpperCase(Locale.ROOT);
        return method + " " + route.path() + " "
                + rule.needed(method, route.path()).orElseThrow().text();
    }

    @Test
    void everyChangeNeedsItsRole() {
        Predicate<String> reads = line -> line.startsWith("GET ") || line.startsWith("HEAD ");
        String changes = ApiDescription.routes().stream()
                .map(this::line)
                .filter(reads.negate())
                .sorted()
                .collect(joining("\n"));

        assertThat(changes).isEqualTo(String.join("\n", TABLE));
        assertThat(ApiDescription.routes().stream().map(this::line).filter(reads))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" view"));
    }
}
