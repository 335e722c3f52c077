package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that nobody sends by mistake, and those that somebody does: each is refused, and leaves nothing. */
@ExtendWith(Servers.class)
class LimitsContractTest {

    private static final int MEBIBYTE = 1 << 20;

    private final Server server;

    LimitsContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void nothingWasCreated() {
        List<String> created = server.get("/v2/pods")
                .json()
                .valueStream()
                .map(pod -> pod.get("id").asString())
                .filter(id -> id.startsWith("/limits"))
                .toList();
        server.clear();
        assertThat(created).isEmpty();
    }

    private static String padded(int length) {
        String pod = Pod.suspended("/limits/padded").toString();
        return pod + " ".repeat(length - pod.length());
    }

    @Test
    void bodiesEndAtOneMebibyte() {
        server.post(padded(MEBIBYTE)).expect(201);
        server.awaitEnd(
                server.delete("/v2/pods/limits/padded?force=true").expect(202).deployment());

        assertThat(server.post(padded(MEBIBYTE + 1)).expect(413).message()).contains("1048576");
        server.delete("/v2/pods/nope::instances", padded(MEBIBYTE + 1)).expect(413);
    }

    @Test
    void bodiesInChunksEndThereToo() {
        String tooMuch = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        String head = """
                POST /v2/pods HTTP/1.1
                Host: 127.0.0.1
                Content-Type: application/json
                Transfer-Encoding: chunked
                """;

        server.raw(head, tooMuch.repeat(33) + "0\r\n\r\n").expect(413);
    }

    /** Each is no JSON, or not one that has one meaning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id': '/limits', 'id': '/limits', 'containers': [{'name': 'c', 'resources': {}}]}",
                "{'id': '/limits', 'containers': [{'name': 'c', 'resources': {}}]} {}",
                "{'id': '/limits', 'containers': [{'name': 'c', 'resources': {'cpus': NaN}}]}",
                "{'id': '/limits', 'containers': [{'name': 'c', 'resources': {'cpus': 01}}]}",
                "{'id': '/limits', 'containers': [{'name': 'c', 'resources': {},}]}",
                "{id: '/limits'}",
            })
    void textsThatAreNoJsonAreBadRequests(String singleQuoted) {
        Answer refused = server.post(singleQuoted.replace('\'', '"')).expect(400);

        assertThat(refused.message()).isEqualTo("Invalid JSON");
        assertThat(refused.json().get("details").isString()).isTrue();
    }

    @Test
    void deeplyNestedBodiesAreRefused() {
        for (int depth : new int[] {2_000, 100_000}) {
            Answer refused = server.post("{\"id\": \"/limits\", \"x\": " + "[".repeat(depth) + "]".repeat(depth) + "}");

            assertThat(refused.status()).isIn(400, 422);
        }
    }

    /** Numbers that no computer, or no cluster, has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'cpus': 1e400}",
                "{'mem': 1e400}",
                "{'gpus': 99999999999}",
                "{'cpus': -1}",
                "{'mem': '32'}",
                "{'cpus': 1, 'mem': null, 'gpus': 0.5}",
            })
    void numbersBeyondAllMeasureAreRefused(String resources) {
        Answer refused = server.post(Pod.suspended("/limits").container("resources", resources));

        assertThat(refused.expect(422).violations().keySet())
                .anyMatch(path -> path.startsWith("/containers(0)/resources"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100_001, Integer.MAX_VALUE})
    void moreInstancesThanAllowedAreRefused(int instances) {
        assertThat(server.post(Pod.of("/limits").instances(instances))
                        .expect(422)
                        .violations())
                .containsKey("/scaling/instances");
    }

    @Test
    void moreContainersThanAllowedAreRefused() {
        String containers = IntStream.rangeClosed(0, 200)
                .mapToObj(i -> "{'name': 'c" + i + "', 'resources': {}}")
                .collect(Collectors.joining(", ", "[", "]"));

        assertThat(server.post(Pod.suspended("/limits").with("containers", containers))
                        .expect(422)
                        .violations())
                .containsKey("/containers");
    }

    @Test
    void textsAndListsBeyondAllMeasureAreRefused() {
        assertThat(server.post(Pod.suspended("/limits").with("labels", "{'a': '" + "x".repeat(65_537) + "'}"))
                        .expect(422)
                        .violations())
                .containsKey("/labels/a");
        assertThat(server.post(Pod.suspended("/limits")
                                .container("endpoints", "[" + "{'name': 'e'},".repeat(1000) + "{'name': 'e'}]"))
                        .expect(422)
                        .violations())
                .containsKey("/containers(0)/endpoints");
    }

    /** PostgreSQL cannot store it, and no process can be given it. */
    @Test
    void zeroCharactersAreRefusedWhereverTheyStand() {
        Pod pod = Pod.suspended("/limits");

        for (Pod bad : new Pod[] {
            pod.with("labels", "{'a': 'x\\u0000'}"),
            pod.with("labels", "{'x\\u0000': 'a'}"),
            pod.with("environment", "{'A': '\\u0000'}"),
            pod.with("user", "'a\\u0000b'"),
            pod.shell("echo \u0000"),
            pod.with("volumes", "[{'name': 'v', 'host': '/\\u0000'}]")
                    .container("volumeMounts", "[{'name': 'v', 'mountPath': 'm'}]"),
        }) {
            Answer refused = server.post(bad);
            assertThat(refused.status()).as(bad + ": " + refused).isIn(400, 422);
        }
    }

    /** Half a character is no text, and would come back as another one. */
    @Test
    void loneSurrogatesAreNoFaultOfTheServer() {
        Answer answer = server.post("{\"id\": \"/limits\", \"labels\": {\"a\": \"\\ud800\"}, \"containers\": []}");

        assertThat(answer.status()).isIn(400, 422);
    }

    @Test
    void bytesThatAreNoUtf8AreABadRequest() {
        String head = """
                POST /v2/pods HTTP/1.1
                Host: 127.0.0.1
                Content-Type: application/json
                Content-Length: 3
                """;
        server.raw(head, "\"\u00e9").expect(400);

        assertThat(server.send("POST", "/v2/pods", Map.of("Content-Type", "application/json"), "\u0000")
                        .status())
                .isEqualTo(400);
    }
}
