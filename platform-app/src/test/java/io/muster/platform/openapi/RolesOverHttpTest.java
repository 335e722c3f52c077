package io.muster.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.MusterApplication;
import io.muster.platform.security.Role;
import io.muster.platform.security.RouteRoles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every role at every route, over HTTP, on both ports of one running application. */
@SpringBootTest(
        classes = MusterApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "management.server.address=127.0.0.1",
            "muster.security.mode=basic",
            "muster.history.purge=true"
        })
class RolesOverHttpTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "pass-word";

    /** It would end the work of the server that the others are tried on. */
    private static final String ABDICATION = "DELETE /v2/leader";

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int managementPort;

    private record Call(boolean management, String method, String path) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @DynamicPropertySource
    static void users(DynamicPropertyRegistry properties) {
        properties.add(
                "muster.data-directory",
                () -> Path.of("target", "roles-" + ProcessHandle.current().pid())
                        .toAbsolutePath()
                        .toString());
        List<Role> roles = List.of(Role.values());
        for (int i = 0; i < roles.size(); i++) {
            Role role = roles.get(i);
            String user = "muster.security.users[" + i + "].";
            properties.add(user + "name", () -> name(role));
            properties.add(user + "password-hash", () -> new BCryptPasswordEncoder(4).encode(PASSWORD));
            properties.add(user + "role", role::text);
        }
    }

    private static String name(Role role) {
        return "the " + role.text();
    }

    private static Stream<Call> calls() {
        return Stream.concat(
                ApiDescription.routes().stream()
                        .map(route -> new Call(
                                false,
                                route.method().name().toUpperCase(Locale.ROOT),
                                route.path().replaceAll("\\{[^}]*}", "nothing"))),
                Stream.of(
                        new Call(false, "GET", "/"),
                        new Call(false, "GET", "/ping"),
                        new Call(false, "GET", "/metrics"),
                        new Call(false, "GET", "/v3/api-docs"),
                        new Call(false, "GET", "/swagger-ui/index.html"),
                        new Call(false, "GET", "/v2/pods//a//b::status"),
                        new Call(false, "DELETE", "/v2/pods//a%2Fb/::versions/x"),
                        new Call(false, "DELETE", "/v2/leader"),
                        new Call(false, "GET", "/logging"),
                        new Call(false, "POST", "/logging"),
                        new Call(true, "GET", "/actuator/health/liveness"),
                        new Call(true, "GET", "/actuator/health/readiness"),
                        new Call(true, "GET", "/actuator/health"),
                        new Call(true, "GET", "/actuator/prometheus"),
                        new Call(true, "GET", "/actuator/metrics"),
                        new Call(true, "GET", "/actuator")));
    }

    private HttpResponse<InputStream> send(Call call, @Nullable Role role, String password, String body) {
        int to = call.management() ? managementPort : port;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + call.path()))
                .method(call.method(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (role != null) {
            byte[] both = (name(role) + ":" + password).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
        }
        try {
            // Streams do not end by themselves.
            return HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode json(HttpResponse<InputStream> answer) {
        return JSON.readTree(answer.body());
    }

    @Test
    void everyRoleMayDoWhatItShouldAndNoMore() throws IOException {
        var rule = new RouteRoles("/actuator");
        for (Call call : calls().toList()) {
            Optional<Role> needed = rule.needed(call.method(), call.path());
            for (Role role : Role.values()) {
                boolean allowed = needed.isEmpty() || role.compareTo(needed.get()) >= 0;
                if (allowed && call.toString().equals(ABDICATION)) {
                    continue;
                }
                HttpResponse<InputStream> answer = send(call, role, PASSWORD, "");
                try (InputStream body = answer.body()) {
                    if (allowed) {
                        assertThat(answer.statusCode())
                                .as("%s as %s", call, role)
                                .isNotEqualTo(401);
                        assertThat(answer.statusCode() == 403
                                        && new String(body.readAllBytes(), StandardCharsets.UTF_8).contains("role"))
                                .as("%s as %s", call, role)
                                .isFalse();
                    } else {
                        assertThat(answer.statusCode())
                                .as("%s as %s", call, role)
                                .isEqualTo(403);
                        assertThat(JSON.readTree(body).get("message").asString())
                                .isEqualTo("Not authorized: this needs the role %s, and %s has the role %s."
                                        .formatted(needed.orElseThrow().text(), name(role), role.text()));
                    }
                }
            }
        }
    }

    @Test
    void nobodyMayDoAnythingButLookWhetherTheServerLives() throws IOException {
        for (Call call : calls().toList()) {
            HttpResponse<InputStream> answer = send(call, null, PASSWORD, "");
            try (InputStream body = answer.body()) {
                if (call.path().equals("/ping") || call.path().contains("ness")) {
                    assertThat(answer.statusCode()).as("%s", call).isIn(200, 503);
                    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                            .doesNotContain("components");
                    continue;
                }
                assertThat(answer.statusCode()).as("%s", call).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate"))
                        .contains("Basic realm=\"muster\", charset=\"UTF-8\"");
                assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
                if (!call.management()) {
                    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
                }
                if (!call.method().equals("HEAD")) {
                    assertThat(JSON.readTree(body).get("message").asString()).startsWith("Not authenticated");
                }
            }
        }
    }

    @Test
    void pagesOfOtherSitesChangeNothingOnEitherPort() throws IOException, InterruptedException {
        for (int to : List.of(port, managementPort)) {
            var post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to + "/actuator/health"))
                    .header("Origin", "http://evil.example")
                    .POST(BodyPublishers.noBody())
                    .build();

            HttpResponse<String> answer = HTTP.send(post, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("A web page of another site");
        }
    }

    @Test
    void aWrongPasswordIsNobodys() {
        HttpResponse<InputStream> answer = send(new Call(false, "GET", "/v2/pods"), Role.ADMIN, "another", "");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).get("message").asString()).isEqualTo("Invalid username or password.");
    }

    @Test
    void theHistoryNamesTheUser() {
        String pod = """
                {"id": "/quiet", "scaling": {"kind": "fixed", "instances": 0}, "user": "eve",
                 "containers": [{"name": "one", "exec": {"command": {"shell": "sleep 1"}},
                                 "resources": {"cpus": 0.1, "mem": 32}}]}""";
        assertThat(send(new Call(false, "POST", "/v2/pods?who=eve&user=eve"), Role.DEPLOY, PASSWORD, pod)
                        .statusCode())
                .isEqualTo(201);

        JsonNode history = json(send(new Call(false, "GET", "/v2/pods/quiet::history"), Role.VIEW, PASSWORD, ""));

        assertThat(history.findValuesAsString("who")).isNotEmpty().allMatch(name(Role.DEPLOY)::equals);
    }

    @Test
    void theDescriptionTellsHowToGetIn() {
        JsonNode document = json(send(new Call(false, "GET", "/v3/api-docs"), Role.VIEW, PASSWORD, ""));

        assertThat(document.at("/components/securitySchemes/login/scheme").asString())
                .isEqualTo("basic");
        assertThat(document.at("/security/0/login").isArray()).isTrue();
        assertThat(document.at("/paths/~1v2~1pods/post/x-muster-role").asString())
                .isEqualTo("deploy");
        assertThat(List.of("401", "403")).allMatch(document.at("/paths/~1v2~1pods/post/responses")::has);
    }
}
