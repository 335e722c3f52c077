package io.muster.localmesos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.localmesos.recorded.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RecordedTrafficTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    static List<String> recordedEvents() throws IOException {
        return Recording.records(resource("events.recordio")).stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                // The recorded master was a little newer than the messages used here: this name is not in them.
                .map(record -> record.replace("{\"type\":\"QUOTA_V2\"}", "{}"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordedEvents")
    void readsAndWritesRecordedEventsAsTheyWere(String recorded) throws Exception {
        JsonNode tree = MAPPER.readTree(recorded);
        var event = Event.newBuilder();

        MesosJson.read(tree, event);

        assertThat(MAPPER.readTree(Encoding.JSON.encode(event.build()))).isEqualTo(tree);
    }

    @Test
    void framesRecordsAsRecorded() throws IOException {
        byte[] recorded = resource("events.recordio");

        var framed = new ByteArrayOutputStream();
        for (byte[] record : Recording.records(recorded)) {
            framed.write(RecordIo.frame(record));
        }

        assertThat(framed.toByteArray()).isEqualTo(recorded);
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(RecordIo.frame("ä".getBytes(StandardCharsets.UTF_8))).startsWith('2', '\n');
    }

    @Test
    void writesProtobufEventsAsRecorded() throws Exception {
        for (byte[] record : Recording.records(resource("protobuf.recordio"))) {
            assertThat(Encoding.PROTOBUF.encode(Event.parseFrom(record))).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @CsvSource({"accept.json", "accept-health.json"})
    void readsRecordedCallsWithoutLosingAnything(String name) throws Exception {
        byte[] body = resource(name);

        Call call = Encoding.JSON.decodeCall(body);

        ObjectNode written = MesosJson.write(call);
        assertThat(covers(written, MAPPER.readTree(body))).isTrue();
        assertThat(MesosJson.write(Encoding.JSON.decodeCall(Encoding.JSON.encode(call))))
                .isEqualTo(written);
    }

    /** Whether everything of the asked tree is in the written one, which may say defaults explicitly. */
    private static boolean covers(JsonNode written, JsonNode asked) {
        if (asked.isObject()) {
            return asked.properties().stream()
                    .allMatch(member ->
                            written.has(member.getKey()) && covers(written.get(member.getKey()), member.getValue()));
        }
        if (asked.isArray()) {
            boolean same = written.size() == asked.size();
            for (int i = 0; same && i < asked.size(); i++) {
                same = covers(written.get(i), asked.get(i));
            }
            return same;
        }
        return asked.isNumber() ? written.asDouble() == asked.asDouble() : written.equals(asked);
    }

    @Test
    void writesExplicitDefaultsAndOmitsWhatIsDeprecatedOrUnset() {
        var info = FrameworkInfo.newBuilder().setUser("nobody").setName("n").build();

        ObjectNode tree = MesosJson.write(info);

        assertThat(tree.get("checkpoint").booleanValue()).isFalse();
        assertThat(tree.get("failover_timeout").doubleValue()).isZero();
        assertThat(tree.has("role")).isFalse();
        assertThat(tree.has("hostname")).isFalse();
    }

    @Test
    void writesMapsAsObjectsAndInfinityAsText() {
        var task = TaskInfo.newBuilder()
                .putLimits(
                        "cpus",
                        Value.Scalar.newBuilder()
                                .setValue(Double.POSITIVE_INFINITY)
                                .build())
                .buildPartial();

        assertThat(MesosJson.write(task).get("limits").toString()).isEqualTo("{\"cpus\":{\"value\":\"Infinity\"}}");
    }

    @Test
    void readsMapsTextualNumbersAndBase64() throws Exception {
        String json = "{\"framework_id\":{\"value\":\"f\"},\"type\":\"KILL\",\"kill\":{\"task_id\":{\"value\":\"t\"},"
                + "\"kill_policy\":{\"grace_period\":{\"nanoseconds\":\"5000000000\"}}}}";

        Call call = Encoding.JSON.decodeCall(json.getBytes(StandardCharsets.UTF_8));

        assertThat(call.getKill().getKillPolicy().getGracePeriod().getNanoseconds())
                .isEqualTo(5_000_000_000L);
    }

    @Test
    void ignoresUnknownFieldsNullsAndUnknownEnumNames() throws Exception {
        String json = "{\"type\":\"NO_SUCH_CALL\",\"framework_id\":{\"value\":\"f\"},\"nothing\":1,\"kill\":null}";

        Call call = Encoding.JSON.decodeCall(json.getBytes(StandardCharsets.UTF_8));

        assertThat(call.hasType()).isFalse();
        assertThat(call.hasKill()).isFalse();
        assertThat(call.getFrameworkId().getValue()).isEqualTo("f");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"ACCEPT\",\"accept\":{\"offer_ids\":\"x\"}}"
                        + "|Failed to convert JSON into Call protobuf: Not expecting a JSON string for field 'offer_ids'",
                "{\"type\":\"KILL\",\"kill\":{}}"
                        + "|Failed to convert JSON into Call protobuf: Missing required fields: kill.task_id",
                "[1,2]|Failed to convert JSON into Call protobuf: Expecting a JSON object",
                "{\"type\": \"REVIVE\",|Failed to parse body into JSON: ",
                "''|Failed to parse body into JSON: syntax error at line 1 near: ",
                "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"user\":1,\"name\":\"n\"}}}"
                        + "|Failed to convert JSON into Call protobuf: Not expecting a JSON number for field 'user'",
            })
    void refusesMalformedCallsInMesosWords(String body, String message) {
        assertThatThrownBy(() -> Encoding.JSON.decodeCall(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|JSON",
                "*/*|JSON",
                "application/x-protobuf|PROTOBUF",
                "application/x-protobuf, application/json;q=0.5|JSON",
                "text/html|",
            })
    void choosesTheEncodingByAccept(String accept, Encoding expected) {
        assertThat(Encoding.acceptedBy(accept).orElse(null)).isEqualTo(expected);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = RecordedTrafficTest.class.getResourceAsStream("/recorded/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
