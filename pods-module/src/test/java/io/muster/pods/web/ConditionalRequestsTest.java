package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.web.PodsServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entity tags, and what clients demand by them. */
class ConditionalRequestsTest {

    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    private final String id = "/tagged/p" + pods++;
    private final String path = "/v2/pods" + id;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of(
                "server.compression.enabled", "true",
                "server.compression.mime-types", "application/json",
                "server.compression.min-response-size", "1"));
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private String pod(String label) {
        return """
                {"id": "%s", "labels": {"l": "%s"}, "containers": [{"name": "c", "resources": {}}]}""".formatted(id, label);
    }

    private Answer deployed(String label) {
        Answer created = server.post("/v2/pods", pod(label)).expect(201);
        server.complete(id);
        return created;
    }

    private static String strong(String version) {
        return "\"" + version + "\"";
    }

    private Answer put(String label, String header, String value) {
        return server.send(server.request(path).header(header, value).PUT(BodyPublishers.ofString(pod(label))));
    }

    private Answer delete(String header, String value) {
        return server.send(server.request(path).header(header, value).DELETE());
    }

    @Test
    void tagsEveryDocumentWithItsVersion() {
        Answer created = deployed("1");
        assertThat(created.header("ETag")).isEqualTo(strong(created.version()));
        assertThat(server.get(path).header("ETag")).isEqualTo(strong(created.version()));
        Answer updated = server.put(path, pod("2")).expect(200);
        assertThat(updated.header("ETag")).isEqualTo(strong(updated.version()));
        assertThat(server.get(path).header("ETag")).isEqualTo(strong(created.version()));
        assertThat(server.get(path + "?view=target").header("ETag")).isEqualTo(strong(updated.version()));
        assertThat(server.get(path + "::versions/" + updated.version()).header("ETag"))
                .isEqualTo(strong(updated.version()));
    }

    @Test
    void sendsTheWeakTagWithWhatItCompresses() {
        String version = deployed("1").version();
        HttpRequest.Builder request = server.request(path).header("Accept-Encoding", "br, gzip");
        var compressed = server.sendForBytes(request);
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(compressed.headers().firstValue("ETag")).contains("W/" + strong(version));
        put("2", "If-Match", "W/" + strong(version)).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"x\", W/\"y\" ,\"%s\"", "*"})
    void answersNothingNewToWhoHasItAlready(String header) {
        String version = deployed("1").version();
        Answer same = server.send(server.request(path).header("If-None-Match", header.formatted(version)));
        assertThat(same.expect(304).http().body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(strong(version));
        server.send(server.request(path).header("If-None-Match", strong("x"))).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"x\",,W/\"y\", \"%s\" ", "*"})
    void changesTheTargetThatTheClientKnows(String header) {
        String version = deployed("1").version();
        put("2", "If-Match", header.formatted(version)).expect(200);
        server.complete(id);
        String second = server.get(path).version();
        delete("If-Match", header.formatted(second)).expect(202);
    }

    @Test
    void changesNothingIfTheClientKnowsAnotherTarget() {
        String first = deployed("1").version();
        String second = server.put(path, pod("2")).expect(200).version();

        for (Answer refused : List.of(
                put("3", "If-Match", strong(first)),
                server.send(server.request(path + "?force=true")
                        .header("If-Match", strong(first))
                        .PUT(BodyPublishers.ofString(pod("3")))),
                put("2", "If-Match", strong(first)),
                put("3", "If-Match", strong("nothing-of-ours")),
                put("3", "If-None-Match", "*"),
                put("3", "If-None-Match", strong(second)),
                delete("If-Match", strong(first)))) {
            refused.expect(412);
            assertThat(refused.message()).contains(second).contains(id);
            assertThat(refused.body().get("version").asString()).isEqualTo(second);
            assertThat(refused.header("ETag")).isEqualTo(strong(second));
        }
        assertThat(server.get(path + "?view=target").version()).isEqualTo(second);
        server.complete(id);
        put("3", "If-Match", strong(second)).expect(200);
    }

    @Test
    void createsOnlyWhatIsDemandedNotToBeThere() {
        Answer refused = put("1", "If-Match", "*").expect(412);
        assertThat(refused.message()).contains("does not exist");
        assertThat(refused.body().has("version")).isFalse();
        server.get(path).expect(404);
        delete("If-Match", "*").expect(404);
        put("1", "If-None-Match", "*").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00.000Z", "\"open", "*, \"x\"", "w/\"x\"", "\"a b\""})
    void refusesTagsThatCannotBeRead(String header) {
        String version = deployed("1").version();
        Answer refused = put("2", "If-Match", header).expect(400);
        assertThat(refused.message()).contains("If-Match");
        assertThat(server.get(path + "?view=target").version()).isEqualTo(version);
    }

    @Test
    void letsExactlyOneOfManyWhoKnowTheSameTargetWin() throws Exception {
        String version = deployed("0").version();
        List<Callable<Integer>> puts = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            String label = String.valueOf(i);
            puts.add(() -> server.send(server.request(path + "?force=true")
                            .header("If-Match", strong(version))
                            .PUT(BodyPublishers.ofString(pod(label))))
                    .status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : clients.invokeAll(puts)) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses)
                .containsOnlyOnce(200)
                .filteredOn(status -> status != 200)
                .containsOnly(412);
        assertThat(server.get(path + "::versions?pending=true").body().size()).isEqualTo(2);
    }
}
