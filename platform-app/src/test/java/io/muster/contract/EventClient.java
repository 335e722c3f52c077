package io.muster.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A listener that looks at each byte: lines must end in CRLF, and the stream must not be cut into chunks. */
final class EventClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * What came between two empty lines.
     *
     * @param fields by name; empty for a heartbeat
     */
    record Frame(Map<String, String> fields) {

        boolean isHeartbeat() {
            return fields.isEmpty();
        }

        String type() {
            return fields.getOrDefault("event", "");
        }

        Optional<String> id() {
            return Optional.ofNullable(fields.get("id"));
        }

        JsonNode data() {
            return JSON.readTree(fields.getOrDefault("data", "null"));
        }
    }

    private final Socket socket = new Socket();
    private final InputStream in;
    private final int status;
    private final Map<String, String> headers = new HashMap<>();
    private final int port;
    private Optional<String> lastId = Optional.empty();

    /** The head of the answer was read. */
    EventClient(int port, String query, Map<String, String> more, int receiveBuffer) {
        this.port = port;
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            in = new BufferedInputStream(socket.getInputStream());
            var request =
                    new StringBuilder("GET /v2/events" + query + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n");
            var all = new HashMap<>(Map.of("Accept", "text/event-stream"));
            all.putAll(more);
            all.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
            socket.getOutputStream().write((request + "\r\n").getBytes(UTF_8));
            String statusLine = line();
            status = Integer.parseInt(statusLine.substring(9, 12));
            for (String header = line(); !header.isEmpty(); header = line()) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static EventClient listen(Server server, String query) {
        return new EventClient(server.port(), query, Map.of(), 0);
    }

    static EventClient resume(Server server, String query, String lastEventId) {
        return new EventClient(server.port(), query, Map.of("Last-Event-ID", lastEventId), 0);
    }

    int status() {
        return status;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    int port() {
        return port;
    }

    /** Without the CRLF that it must end in. */
    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the stream ended in the line " + line.toString(UTF_8));
            }
            line.write(next);
        }
        String text = line.toString(UTF_8);
        if (!text.endsWith("\r") || text.indexOf('\r') < text.length() - 1) {
            throw new IOException("a line does not end in CRLF: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    /** The next one, heartbeats too. */
    Frame frame() {
        try {
            var fields = new HashMap<String, String>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(": ");
                if (colon < 1 || fields.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
                    throw new IOException("not a field, or one twice: " + line);
                }
            }
            var frame = new Frame(fields);
            lastId = frame.id().or(() -> lastId);
            return frame;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The next one that is of that kind. */
    Frame next(Predicate<Frame> wanted) {
        Frame frame = frame();
        while (!wanted.test(frame)) {
            frame = frame();
        }
        return frame;
    }

    Frame next(String type) {
        return next(frame -> frame.type().equals(type));
    }

    /** So many events with ids; others and heartbeats are passed over. */
    List<Frame> logged(int count) {
        var frames = new ArrayList<Frame>();
        while (frames.size() < count) {
            frames.add(next(frame -> frame.id().isPresent()));
        }
        return frames;
    }

    /** As a client keeps it to come back with. */
    String lastId() {
        return lastId.orElseThrow();
    }

    /** Reads what is left, until the server ends the stream. */
    void awaitEnd() {
        try {
            while (true) {
                frame();
            }
        } catch (UncheckedIOException ended) {
            if (!(ended.getCause() instanceof EOFException) && !(ended.getCause() instanceof SocketException)) {
                throw ended;
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
