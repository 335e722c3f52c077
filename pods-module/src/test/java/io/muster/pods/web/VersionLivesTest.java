package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code ::history?view=versions}: what became of each version; and pages of {@code ::versions}. */
class VersionLivesTest {

    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    private final String id = "/lives/p" + pods++;
    private final String path = "/v2/pods" + id;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private String put(int instances, String query) {
        return server.put(path + query, """
                        {"id": "%s", "containers": [{"name": "c", "resources": {}}],
                         "scaling": {"kind": "fixed", "instances": %d}}""".formatted(id, instances))
                .expect(200)
                .version();
    }

    private String deployed(int instances) {
        String version = put(instances, "");
        server.complete(id);
        return version;
    }

    private JsonNode lives(String query) {
        return server.get(path + "::history?view=versions" + query).expect(200).body();
    }

    @Test
    void tellsWhatBecameOfEachVersionInAllLivesTheNewestFirst() {
        String first = deployed(1);
        String never = put(2, "");
        String second = put(3, "?force=true");
        server.complete(id);
        server.delete(path).expect(202);
        server.complete(id);
        String again = put(1, "");

        JsonNode lives = lives("").get("versions");

        assertThat(lives.findValuesAsString("version")).containsExactly(again, second, never, first);
        assertThat(lives.findValuesAsString("state")).containsExactly("SUBMITTED", "RETIRED", "SUPERSEDED", "RETIRED");
        assertThat(lives.valueStream().map(life -> life.get("life").asInt())).containsExactly(2, 1, 1, 1);
        JsonNode oldest = lives.get(3);
        assertThat(oldest.get("deploymentId").asString()).isNotBlank();
        assertThat(oldest.get("durationMillis").asLong()).isNotNegative();
        assertThat(oldest.get("retiredAt").asString())
                .isGreaterThan(oldest.get("finishedAt").asString());
        assertThat(lives.get(0).has("finishedAt")).isFalse();
    }

    @Test
    void aPageTakesTheSameStatementsHoweverManyVersionsItHas() {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            versions.addFirst(deployed(i));
        }
        assertThat(statements("&limit=1")).isEqualTo(statements("&limit=10"));

        JsonNode page = lives("&limit=4");
        assertThat(page.get("versions").findValuesAsString("version")).isEqualTo(versions.subList(0, 4));
        JsonNode rest = lives("&limit=6&after=" + page.get("next").asString());
        assertThat(rest.get("versions").findValuesAsString("version")).isEqualTo(versions.subList(4, 10));
        assertThat(rest.has("next")).isFalse();
        assertThat(rest.at("/versions/0/state").asString()).isEqualTo("RETIRED");
    }

    private int statements(String query) {
        var counter = server.bean(StatementCounter.class);
        counter.reset();
        lives(query);
        return counter.statements.get();
    }

    @Test
    void listsVersionsPageByPageWithThatWhichIsPending() {
        String first = deployed(1);
        String second = deployed(2);
        String pending = put(3, "");

        assertThat(versions("?limit=1")).containsExactly(first);
        assertThat(versions("?limit=1&after=" + first)).containsExactly(second);
        assertThat(versions("?limit=1&after=" + second)).isEmpty();
        assertThat(versions("?limit=1&pending=true&after=" + second)).containsExactly(pending);
        assertThat(versions("?pending=true")).containsExactly(first, second, pending);
        assertThat(versions("?after=%2B9999999-01-01T00:00:00Z")).isEmpty();
    }

    private List<String> versions(String query) {
        return server.get(path + "::versions" + query)
                .expect(200)
                .body()
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        deployed(1);
        assertThat(server.get(path + "::history?view=lives").expect(422).message())
                .contains("view must be entries or versions");
        assertThat(server.get(path + "::history?view=versions&order=asc")
                        .expect(422)
                        .message())
                .contains("order must be desc");
        assertThat(server.get(path + "::history?view=versions&after=12")
                        .expect(422)
                        .message())
                .contains("after must be a version");
        server.get(path + "-nobody::history?view=versions").expect(404);
    }
}
