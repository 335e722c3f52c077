package io.muster.mesos;

import io.muster.localmesos.recorded.Recording;
import io.muster.localmesos.recorded.Recording.Exchange;
import io.muster.localmesos.wire.MalformedMessageException;
import io.muster.localmesos.wire.MesosJson;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What frameworks said to real masters, and what these answered, in the messages of Mesos: exchanges of all sessions. */
public final class RecordedTraffic {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** By the names of session and exchange, in the order of each session. */
    private static final Map<String, Exchange> EXCHANGES = exchangesOfAllSessions();

    private RecordedTraffic() {}

    private static Map<String, Exchange> exchangesOfAllSessions() {
        Map<String, Exchange> exchanges = new LinkedHashMap<>();
        for (String session : Recording.SESSIONS) {
            Recording.read(session).exchanges().forEach(one -> exchanges.put(session + "/" + one.name(), one));
        }
        return exchanges;
    }

    /** The names of the exchanges that were answered with a stream, and of no others. */
    public static List<String> streams() {
        return names(true);
    }

    /** The names of the exchanges that were answered at once. */
    public static List<String> exchanges() {
        return names(false);
    }

    private static List<String> names(boolean streams) {
        return EXCHANGES.keySet().stream()
                .filter(name -> exchange(name).isStream() == streams)
                .toList();
    }

    private static Exchange exchange(String name) {
        return Objects.requireNonNull(EXCHANGES.get(name), name);
    }

    public static Recording.Message response(String exchange) {
        return exchange(exchange).response();
    }

    public static HttpHeaders headers(Recording.Message message) {
        return HttpHeaders.of(
                message.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                (_, _) -> true);
    }

    /** The call that a request in JSON carried. */
    public static Call call(String exchange) {
        Call.Builder call = Call.newBuilder();
        try {
            MesosJson.read(MAPPER.readTree(exchange(exchange).request().body()), call);
        } catch (MalformedMessageException noCall) {
            throw new AssertionError(exchange, noCall);
        }
        return call.build();
    }

    /** The events of a stream. */
    public static List<Event> events(String stream) {
        Exchange exchange = exchange(stream);
        List<Event> events = new ArrayList<>();
        for (byte[] record : exchange.records()) {
            try {
                events.add(exchange.isJson() ? event(record) : Event.parseFrom(record));
            } catch (IOException | MalformedMessageException noEvent) {
                throw new AssertionError(stream, noEvent);
            }
        }
        return events;
    }

    private static Event event(byte[] record) throws MalformedMessageException {
        // The master was a little newer than the messages used here: this name is not in them.
        JsonNode json =
                MAPPER.readTree(new String(record, StandardCharsets.UTF_8).replace("{\"type\":\"QUOTA_V2\"}", "{}"));
        Event.Builder event = Event.newBuilder();
        MesosJson.read(json, event);
        return event.build();
    }
}
