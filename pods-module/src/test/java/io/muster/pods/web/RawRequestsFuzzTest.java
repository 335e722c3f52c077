package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.web.RawClient.Reply;
import io.muster.pods.web.RawRequests.Raw;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever is sent: no fault of ours, and no refusal that is not JSON or that leaves anything behind. The properties
 * {@code muster.fuzz.requests} and {@code muster.fuzz.seed} say how many requests and which.
 */
class RawRequestsFuzzTest {

    private static final int REQUESTS = Integer.getInteger("muster.fuzz.requests", 10_000);

    /** Where another one begins is found out by counting the rows, which takes longer than a request. */
    private static final int BLOCK = 50;

    private static final Set<String> CHANGES = Set.of("POST", "PUT", "DELETE");

    @Test
    void refusesWhatItCannotServeInJsonAndWithoutATrace() throws Exception {
        long seed = Long.getLong("muster.fuzz.seed", System.nanoTime());
        var requests = new RawRequests(seed);
        try (var server = new PodsServer(Map.of("muster.api.max-body-size", "4KB"));
                var client = new RawClient(server.port)) {
            var rows = new Rows(server);
            for (int n = 0; n < REQUESTS; n++) {
                Raw request = requests.next();
                String what = "seed " + seed + ", request " + n + ":\n" + request.summary();
                Reply reply = send(client, request, what);
                check(reply, request, what);
                if (reply.status() < 300 && CHANGES.contains(request.method())) {
                    rows.count();
                } else if (n % BLOCK == 0) {
                    rows.expectUnchanged(what);
                }
            }
            rows.expectUnchanged("seed " + seed + ", at the end");
            assertThat(rows.accepted)
                    .as("changes that were accepted, with seed " + seed)
                    .isPositive();
        }
    }

    private static Reply send(RawClient client, Raw request, String what) {
        try {
            return client.send(request.bytes(), request.method().equals("HEAD"));
        } catch (IOException | RuntimeException noAnswer) {
            throw new AssertionError(what, noAnswer);
        }
    }

    private static void check(Reply reply, Raw request, String what) {
        assertThat(reply.status()).as(what + "\n" + reply.body()).isBetween(200, 499);
        if (reply.status() >= 400 && !request.method().equals("HEAD")) {
            assertThat(reply.header("Content-Type")).as(what).isEqualTo("application/json");
            assertThat(isRefusal(reply.body())).as(what + "\n" + reply).isTrue();
        }
        // This one Tomcat answers all by itself.
        if (!request.summary().startsWith("OPTIONS * ")) {
            assertThat(reply.header("Cache-Control")).as(what).contains("no-store");
        }
    }

    private static boolean isRefusal(String body) {
        try {
            return JsonMapper.shared().readTree(body).path("message").isString();
        } catch (JacksonException notJson) {
            return false;
        }
    }

    /** How many there are of what a request could leave behind. */
    private static final class Rows {

        private final JdbcClient jdbc;
        private List<Long> last = List.of();
        private int accepted;

        Rows(PodsServer server) throws SQLException {
            this.jdbc = JdbcClient.create(server.database.appDataSource());
            count();
            accepted = 0;
        }

        void count() {
            last = now();
            accepted++;
        }

        void expectUnchanged(String what) {
            assertThat(now()).as(what).isEqualTo(last);
        }

        private List<Long> now() {
            return jdbc.sql("select (select count(*) from pod), (select count(*) from pod_version),"
                            + " (select count(*) from pod_audit)")
                    .query((row, number) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
                    .single();
        }
    }
}
