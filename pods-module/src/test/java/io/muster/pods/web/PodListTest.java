package io.muster.pods.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.muster.pods.web.PodsServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Lists of pods and of versions: whole and in pages. */
class PodListTest {

    private static final int PODS = 2_000;

    /** Long enough that a list of all of them cannot wait in any buffer. */
    private static final String PADDING = "x".repeat(5_000);

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of("muster.api.fetch-size", "7", "muster.pods.exposure", "on-accept"));
        server.post("/v2/pods", """
                {"id": "/many/p0", "labels": {"l": "%s"},
                 "containers": [{"name": "c", "resources": {}}]}""".formatted(PADDING)).expect(201);
        JdbcClient jdbc = JdbcClient.create(server.database.ownerDataSource());
        jdbc.sql("""
                insert into pod select '/many/p' || n, life, present, exposed_version, target_version, created_at,
                                       deleted_at, row_version
                from pod, generate_series(1, ?) as n""").param(PODS - 1).update();
        jdbc.sql("""
                insert into pod_version select '/many/p' || n, version, life, config_hash,
                                               replace(definition, '/many/p0', '/many/p' || n), submitted_by
                from pod_version, generate_series(1, ?) as n""").param(PODS - 1).update();
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(pod -> ids.add(pod.get("id").asString()));
        return ids;
    }

    @Test
    void listsManyPodsOnceAndInOrder() {
        for (int twice = 0; twice < 2; twice++) {
            List<String> ids = ids(server.get("/v2/pods").expect(200).body());
            assertThat(ids).hasSize(PODS).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void holdsNoConnectionOfTheDatabaseWhileAClientIsSlow() throws Exception {
        var pool = server.bean(DataSource.class).unwrap(HikariDataSource.class).getHikariPoolMXBean();
        try (var slow = new Socket()) {
            // With little room on this side and some megabytes to come, the server has to wait.
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port));
            slow.getOutputStream()
                    .write("GET /v2/pods HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            assertThat(slow.getInputStream().read()).isEqualTo('H');
            await().untilAsserted(() -> assertThat(pool.getActiveConnections()).isZero());
            await().during(Duration.ofMillis(200)).until(() -> pool.getActiveConnections() == 0);
            String rest = new String(slow.getInputStream().readAllBytes(), US_ASCII);
            assertThat(rest).hasSizeGreaterThan(PODS * PADDING.length()).endsWith("]\r\n0\r\n\r\n");
        }
    }

    @Test
    void breaksOffAListThatCannotBeFinished() {
        aimAtVersionThatDoesNotExist("/many/p999", "1 hour");
        try {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> server.client.send(
                            server.request("/v2/pods").build(), HttpResponse.BodyHandlers.ofString()));
            Answer small = server.get("/v2/pods?limit=5&after=/many/p998").expect(500);
            assertThat(small.message()).contains("incident");
            assertThat(small.http().body()).startsWith("{");
        } finally {
            aimAtVersionThatDoesNotExist("/many/p999", "-1 hour");
        }
    }

    private static void aimAtVersionThatDoesNotExist(String id, String later) {
        JdbcClient.create(server.database.ownerDataSource())
                .sql("update pod set target_version = target_version + cast(? as interval) where id = ?")
                .param(later)
                .param(id)
                .update();
    }

    @Test
    void leadsThroughAllPages() {
        List<String> ids = new ArrayList<>();
        Answer page = server.get("/v2/pods?limit=300").expect(200);
        ids.addAll(ids(page.body()));
        while (!page.header("Link").isEmpty()) {
            assertThat(page.body().size()).isEqualTo(300);
            assertThat(page.header("Link")).startsWith("</v2/pods?").endsWith(">; rel=\"next\"");
            page = server.get(page.header("Link").replaceAll("<(.*)>.*", "$1")).expect(200);
            ids.addAll(ids(page.body()));
        }
        assertThat(ids).hasSize(PODS).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void goesOnBehindAnIdThatIsGone() {
        Answer rest = server.get("/v2/pods?after=many/p9989&limit=1000").expect(200);
        assertThat(ids(rest.body())).containsExactly("/many/p999");
        assertThat(rest.header("Link")).isEmpty();
        assertThat(ids(server.get("/v2/pods?after=%2Fmany%2Fp9989").body())).containsExactly("/many/p999");
    }

    @Test
    void pagesThroughVersions() {
        List<String> versions = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            versions.add(server.put("/v2/pods/versions-of", """
                            {"id": "/versions-of", "labels": {"n": "%d"},
                             "containers": [{"name": "c", "resources": {}}]}""".formatted(n)).version());
            server.complete("/versions-of");
        }
        List<String> found = new ArrayList<>();
        Answer page = server.get("/v2/pods//versions-of/::versions?limit=2&pending=true");
        page.body().forEach(version -> found.add(version.asString()));
        assertThat(page.header("Link")).contains("&pending=true>");
        while (!page.header("Link").isEmpty()) {
            page = server.get(page.header("Link").replaceAll("<(.*)>.*", "$1")).expect(200);
            page.body().forEach(version -> found.add(version.asString()));
        }
        assertThat(found).isEqualTo(versions);
        server.send(server.request("/v2/pods/versions-of").DELETE()).expect(202);
        server.complete("/versions-of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=ten", "limit=", "after=/UPPER", "after=", "after=/"})
    void namesTheParameterThatIsWrong(String query) {
        String name = query.substring(0, query.indexOf('='));
        assertThat(server.get("/v2/pods?" + query).expect(422).message())
                .startsWith(name + " must be ")
                .endsWith("not '" + query.substring(query.indexOf('=') + 1) + "'");
    }

    @Test
    void wantsAVersionToGoOnBehind() {
        assertThat(server.get("/v2/pods/many/p0::versions?after=yesterday")
                        .expect(422)
                        .message())
                .isEqualTo("after must be a version, the last of the page before, not 'yesterday'");
    }
}
