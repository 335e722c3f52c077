package io.muster.mesos;

import io.muster.localmesos.wire.MalformedMessageException;
import io.muster.localmesos.wire.MesosJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import tools.jackson.databind.json.JsonMapper;

/** What a real master and its agents said and heard; see the page beside the recording. */
public final class RecordedTraffic {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** By name, in the order of each session. */
    private static final SortedMap<String, byte[]> FILES = files();

    private RecordedTraffic() {}

    /** One request or answer as it went over the wire. */
    public record Message(String firstLine, Map<String, List<String>> headers, String body) {

        public int status() {
            return Integer.parseInt(firstLine.substring(firstLine.indexOf(' ') + 1, firstLine.indexOf(' ') + 4));
        }

        public HttpHeaders httpHeaders() {
            return HttpHeaders.of(headers, (_, _) -> true);
        }
    }

    private static SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (InputStream resource = RecordedTraffic.class.getResourceAsStream("/recorded/traffic.zip");
                ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(resource))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }

    /** The names of all streams, and of nothing else. */
    public static List<String> streams() {
        return FILES.keySet().stream()
                .filter(name -> name.endsWith(".recordio"))
                .toList();
    }

    /** The names of all exchanges whose answer was complete, without what they end in. */
    public static List<String> exchanges() {
        return FILES.keySet().stream()
                .filter(name -> name.endsWith(".response.http"))
                .map(name -> name.substring(0, name.length() - ".response.http".length()))
                .toList();
    }

    public static byte[] bytes(String name) {
        return Objects.requireNonNull(FILES.get(name), name);
    }

    public static Message request(String exchange) {
        return message(exchange + ".request.http");
    }

    public static Message response(String exchange) {
        return message(exchange + ".response.http");
    }

    private static Message message(String name) {
        String text = new String(bytes(name), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        List<String> head = text.substring(0, end).lines().toList();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        head.stream().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon), List.of(line.substring(colon + 1).strip()));
        });
        return new Message(head.getFirst(), headers, text.substring(end + 4));
    }

    /** The call that a request in JSON carried. */
    public static Call call(String exchange) {
        Call.Builder call = Call.newBuilder();
        try {
            MesosJson.read(MAPPER.readTree(request(exchange).body()), call);
        } catch (MalformedMessageException noCall) {
            throw new AssertionError(exchange, noCall);
        }
        return call.build();
    }

    /** The events of a stream, as Mesos writes them in protobuf. */
    public static List<Event> events(String stream) {
        List<Event> events = new ArrayList<>();
        for (byte[] record : records(bytes(stream))) {
            events.add(event(stream, record));
        }
        return events;
    }

    private static Event event(String stream, byte[] record) {
        try {
            if (stream.contains("protobuf")) {
                return Event.parseFrom(record);
            }
            // The master was a little newer than the messages used here: this name is not in them.
            String json = new String(record, StandardCharsets.UTF_8).replace("{\"type\":\"QUOTA_V2\"}", "{}");
            Event.Builder event = Event.newBuilder();
            MesosJson.read(MAPPER.readTree(json), event);
            return event.build();
        } catch (IOException | MalformedMessageException noEvent) {
            throw new AssertionError(stream, noEvent);
        }
    }

    /** Cut by hand, not by what is tested. */
    public static List<byte[]> records(byte[] framed) {
        List<byte[]> records = new ArrayList<>();
        for (int at = 0; at < framed.length; ) {
            int end = at;
            while (framed[end] != '\n') {
                end++;
            }
            int length = Integer.parseInt(new String(framed, at, end - at, StandardCharsets.US_ASCII));
            byte[] record = new byte[length];
            System.arraycopy(framed, end + 1, record, 0, length);
            records.add(record);
            at = end + 1 + length;
        }
        return records;
    }
}
