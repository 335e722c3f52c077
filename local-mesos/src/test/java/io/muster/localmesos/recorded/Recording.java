package io.muster.localmesos.recorded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One recorded session: what was sent to a real master and what it answered, in the order in which it was numbered. */
public record Recording(List<Exchange> exchanges) {
    /** What was recorded of the v1 scheduler API. */
    public static final List<String> SESSIONS = List.of(
            "scheduler-v1",
            "scheduler-v1-errors",
            "scheduler-v1-no-capabilities",
            "scheduler-v1-linux-launcher",
            "master-failover-zk");

    private static final JsonMapper MAPPER = new JsonMapper();

    /** A request and its whole response; of a stream, everything that came until it was closed. */
    public record Exchange(String name, Message request, Message response) {
        public boolean isStream() {
            return response.headers().containsKey("mesos-stream-id");
        }

        /** Whether what was answered is JSON; else it is protobuf. */
        public boolean isJson() {
            return "application/json".equals(response.headers().get("content-type"));
        }

        /** The records of a stream. */
        public List<byte[]> records() {
            return Recording.records(response.body());
        }

        /** The records of a stream of JSON, as trees. */
        public List<JsonNode> events() {
            return records().stream().map(MAPPER::readTree).toList();
        }
    }

    /** Headers by lower-case name; a chunked body is put together again. */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    public record Message(String firstLine, Map<String, String> headers, byte[] body) {
        /** Of an answer. */
        public int status() {
            return Integer.parseInt(firstLine.substring(firstLine.indexOf(' ') + 1, firstLine.indexOf(' ') + 4));
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Reads a recording from the test resources. */
    public static Recording read(String session) {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in = Recording.class.getResourceAsStream("/recorded/" + session + ".zip");
                var zip = new ZipInputStream(Objects.requireNonNull(in))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var exchanges = new ArrayList<Exchange>();
        files.forEach((name, bytes) -> {
            if (name.endsWith(".request.http")) {
                String stem = name.substring(0, name.length() - ".request.http".length());
                byte[] response = files.getOrDefault(stem + ".response.http", files.get(stem + ".response.raw-http"));
                exchanges.add(new Exchange(stem, message(bytes), message(Objects.requireNonNull(response))));
            }
        });
        return new Recording(exchanges);
    }

    private static Message message(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = text.substring(0, end).lines().toList();
        var headers = new LinkedHashMap<String, String>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String body = text.substring(end + 4);
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            body = unchunked(body);
        }
        return new Message(lines.getFirst(), headers, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String unchunked(String body) {
        var whole = new StringBuilder();
        for (int at = 0; at < body.length(); ) {
            int end = body.indexOf("\r\n", at);
            int length = Integer.parseInt(body.substring(at, end), 16);
            whole.append(body, end + 2, end + 2 + length);
            at = end + 2 + length + 2;
        }
        return whole.toString();
    }

    /** The records of a body in RecordIO. Cut by hand, not by what is tested. */
    public static List<byte[]> records(byte[] framed) {
        var records = new ArrayList<byte[]>();
        for (int at = 0; at < framed.length; ) {
            var digits = new ByteArrayOutputStream();
            while (framed[at] != '\n') {
                digits.write(framed[at++]);
            }
            byte[] record = new byte[Integer.parseInt(digits.toString(StandardCharsets.US_ASCII))];
            System.arraycopy(framed, at + 1, record, 0, record.length);
            records.add(record);
            at += 1 + record.length;
        }
        return records;
    }
}
