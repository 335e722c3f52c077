package io.muster.pods.apps;

import static org.springframework.web.servlet.function.RequestPredicates.methods;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import io.muster.pods.rest.ApiException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Changes of apps are no faults, of neither side; they say where to go instead. */
@Configuration(proxyBeanMethods = false)
class RefusedApps {

    @Bean
    RouterFunction<ServerResponse> changesOfApps() {
        ApiException refusal =
                ApiException.unprocessable("This server manages pods only: use /v2/pods in place of /v2/apps");
        return RouterFunctions.route(
                methods(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE)
                        .and(path("/v2/apps").or(path("/v2/apps/**"))),
                request -> ServerResponse.status(refusal.status())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(refusal.body()));
    }
}
