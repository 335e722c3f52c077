package io.muster.localmesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.wire.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statuses of a real master, as recorded. */
class SchedulerApiTest {
    @TempDir
    private static Path directory;

    private static LocalMesos mesos;
    private static Scheduler scheduler;

    @BeforeAll
    static void start() {
        mesos = LocalMesos.start(
                LocalMesosSettings.in(directory).withIntervals(Duration.ofMillis(50), Duration.ofMillis(200)));
        scheduler = Scheduler.subscribe(mesos.masterUri(), Encoding.JSON, Scheduler.framework());
    }

    @AfterAll
    static void stop() {
        scheduler.close();
        mesos.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(mesos.masterUri().resolve(path));
    }

    private static HttpRequest.Builder json(String body) {
        return to("/api/v1/scheduler")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(
                        body.replace("FW", scheduler.frameworkId().getValue())));
    }

    private static HttpRequest.Builder call(String body) {
        return json(body).header("Mesos-Stream-Id", scheduler.streamId());
    }

    @Test
    void answersOnlyPost() throws Exception {
        HttpResponse<String> response = send(to("/api/v1/scheduler").GET());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        assertThat(response.body())
                .isEqualTo("405 Method Not Allowed. Expecting one of { 'POST' }, but received 'GET'.");
    }

    @Test
    void wantsAContentType() throws Exception {
        HttpResponse<String> response =
                send(to("/master/api/v1/scheduler").POST(BodyPublishers.ofString("{\"type\":\"REVIVE\"}")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("Expecting 'Content-Type' to be present");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/json; charset=utf-8"})
    void wantsOneOfTwoContentTypes(String type) throws Exception {
        HttpResponse<String> response =
                send(to("/api/v1/scheduler").header("Content-Type", type).POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"framework_id\":{\"value\":\"FW\"}}|400|Failed to validate scheduler::Call: Expecting 'type' to be present",
                "{\"type\":\"NO_SUCH\",\"framework_id\":{\"value\":\"FW\"}}|400"
                        + "|Failed to validate scheduler::Call: Expecting 'type' to be present",
                "{\"type\":\"REVIVE\"}|400|Failed to validate scheduler::Call: Expecting 'framework_id' to be present",
                "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"none\"}}|400|Framework cannot be found",
                "{\"type\":\"TEARDOWN\",\"framework_id\":{\"value\":\"none\"}}|400|Framework cannot be found",
                "{\"type\":\"ACCEPT\",\"framework_id\":{\"value\":\"FW\"}}|400"
                        + "|Failed to validate scheduler::Call: Expecting 'accept' to be present",
                "{\"type\":\"ACKNOWLEDGE\",\"framework_id\":{\"value\":\"FW\"},\"acknowledge\":{\"agent_id\":{\"value\":\"a\"},"
                        + "\"task_id\":{\"value\":\"t\"},\"uuid\":\"AAAA\"}}|400"
                        + "|Failed to validate scheduler::Call: Not a valid UUID",
                "{\"type\":\"ACKNOWLEDGE\",\"framework_id\":{\"value\":\"FW\"},\"acknowledge\":{\"agent_id\":{\"value\":\"a\"},"
                        + "\"task_id\":{\"value\":\"t\"},\"uuid\":\"YhUNQuf5TT+WHLMA3AUIww==\"}}|202|''",
                "{\"type\":\"UNKNOWN\",\"framework_id\":{\"value\":\"FW\"}}|501"
                        + "|This master does not know calls of type UNKNOWN",
                "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"FW\"},\"no_such_field\":1}|202|''",
                "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"FW\"},\"revive\":{\"roles\":[\"/bad/role\"]}}|202|''",
                "{\"type\":\"SUPPRESS\",\"framework_id\":{\"value\":\"FW\"},\"suppress\":{\"roles\":[\"..\"]}}|202|''",
                "{\"type\":\"DECLINE\",\"framework_id\":{\"value\":\"FW\"},"
                        + "\"decline\":{\"offer_ids\":[{\"value\":\"none\"}]}}|202|''",
                "{\"type\":\"REQUEST\",\"framework_id\":{\"value\":\"FW\"},\"request\":{}}|202|''",
                "{\"type\":\"MESSAGE\",\"framework_id\":{\"value\":\"FW\"},\"message\":{\"agent_id\":{\"value\":\"a\"},"
                        + "\"executor_id\":{\"value\":\"e\"},\"data\":\"AAAA\"}}|202|''",
                "{\"type\": \"REVIVE\", |400|Failed to parse body into JSON: ",
                "[1,2]|400|Failed to convert JSON into Call protobuf: Expecting a JSON object",
            })
    void answersCallsAsRecorded(String body, int status, String text) throws Exception {
        HttpResponse<String> response = send(call(body));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith(text);
        assertThat(response.body().isEmpty()).isEqualTo(text.isEmpty());
    }

    @Test
    void wantsTheStreamIdOfTheActiveSubscription() throws Exception {
        String revive = "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"FW\"}}";

        HttpResponse<String> missing = send(json(revive));
        HttpResponse<String> wrong = send(json(revive).header("Mesos-Stream-Id", new UUID(0, 0).toString()));

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).isEqualTo("All non-subscribe calls should include the 'Mesos-Stream-Id' header");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .isEqualTo("The stream ID '00000000-0000-0000-0000-000000000000' included in this request didn't match"
                        + " the stream ID currently associated with framework ID "
                        + scheduler.frameworkId().getValue());
    }

    @Test
    void refusesABadProtobufBody() throws Exception {
        HttpResponse<String> response = send(to("/api/v1/scheduler")
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofString("no")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("Failed to parse body into Call protobuf");
    }

    private static String subscribe(String outer, String info) {
        return "{\"type\":\"SUBSCRIBE\"" + outer + ",\"subscribe\":{\"framework_info\":{\"user\":\"root\","
                + "\"name\":\"errors\",\"roles\":[\"*\"],\"capabilities\":[{\"type\":\"MULTI_ROLE\"}]" + info
                + "}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|,\"id\":{\"value\":\"x\"}",
                ",\"framework_id\":{\"value\":\"x\"}|''",
                ",\"framework_id\":{\"value\":\"x\"}|,\"id\":{\"value\":\"y\"}",
            })
    void wantsTheFrameworkIdInBothPlacesOrNone(String outer, String info) throws Exception {
        HttpResponse<String> response = send(json(subscribe(outer, info)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("Failed to validate scheduler::Call: 'framework_id' differs from"
                        + " 'subscribe.framework_info.id'");
    }

    @Test
    void checksAcceptAndStreamIdOfASubscription() throws Exception {
        HttpResponse<String> unacceptable = send(json(subscribe("", "")).setHeader("Accept", "text/html"));
        HttpResponse<String> withStream = send(call(subscribe("", "")));
        HttpResponse<String> without = send(json("{\"type\":\"SUBSCRIBE\"}"));

        assertThat(unacceptable.statusCode()).isEqualTo(406);
        assertThat(withStream.statusCode()).isEqualTo(400);
        assertThat(withStream.body()).isEqualTo("Subscribe calls should not include the 'Mesos-Stream-Id' header");
        assertThat(without.body()).isEqualTo("Failed to validate scheduler::Call: Expecting 'subscribe' to be present");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",\"role\":\"a\"|'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable",
                ",\"roles\":[\"a\",\"a\"]|'FrameworkInfo.roles' contains duplicate items: { a }",
                ",\"roles\":[\"/x\"]|'FrameworkInfo.roles' contains invalid role: Role '/x' cannot start with a slash",
                ",\"capabilities\":[]|'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable",
            })
    void refusesASubscriptionByAnErrorEventThatEndsTheStream(String info, String message) throws Exception {
        String event = "{\"type\":\"ERROR\",\"error\":{\"message\":\"" + message + "\"}}";

        HttpResponse<String> response = send(json(subscribe("", info)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(event.length() + "\n" + event);
    }

    @Test
    void tellsAFrameworkThatIsNotConnectedThatItIsNotSubscribed() throws Exception {
        var gone = Scheduler.subscribe(mesos.masterUri(), Encoding.JSON, Scheduler.framework());
        FrameworkID id = gone.frameworkId();
        gone.close();

        Scheduler.await().untilAsserted(() -> {
            HttpResponse<String> response =
                    send(json("{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"" + id.getValue() + "\"}}")
                            .header("Mesos-Stream-Id", gone.streamId()));
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).isEqualTo("Framework is not subscribed");
        });
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws Exception {
        HttpResponse<String> response = send(to("/api/v1/scheduler")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[(16 << 20) + 1])));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void answersToLoopbackNamesOnly() throws IOException {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost:5050\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void servesHealthAndVersion() throws Exception {
        assertThat(send(to("/health").GET()).statusCode()).isEqualTo(200);
        assertThat(send(to("/version").GET()).body()).contains("\"version\":\"1.11.0\"");
        assertThat(send(to("/nothing").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void streamsSubscribedThenHeartbeatsInChunks() throws IOException {
        String body = subscribe("", "");
        URI master = mesos.masterUri();
        try (var socket = new Socket(master.getHost(), master.getPort())) {
            String head = "POST /api/v1/scheduler HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            var seen = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0 && !seen.toString().matches("(?s)(.*HEARTBEAT.*){2}"); b = in.read()) {
                seen.append((char) b);
            }

            assertThat(seen)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Transfer-Encoding: chunked\r\n", "Mesos-Stream-Id: ", "Content-Type: application/json")
                    .contains("\r\n17\r\n20\n{\"type\":\"HEARTBEAT\"}\r\n");
            assertThat(seen.indexOf("SUBSCRIBED")).isLessThan(seen.indexOf("HEARTBEAT"));
        }
    }

    @Test
    void keepsTheIdAFrameworkBringsAlong() {
        var id = FrameworkID.newBuilder().setValue("never-seen").build();
        try (var newcomer = Scheduler.subscribe(
                mesos.masterUri(),
                Encoding.PROTOBUF,
                Scheduler.framework().toBuilder().setId(id).build())) {
            assertThat(newcomer.frameworkId()).isEqualTo(id);
            newcomer.call(Call.newBuilder().setType(Call.Type.TEARDOWN));
        }
    }

    private static String raw(String request) throws IOException {
        URI master = mesos.masterUri();
        try (var socket = new Socket(master.getHost(), master.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
