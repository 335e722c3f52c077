package io.muster.mesos.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/**
 * A master on loopback that does what a test tells it. A SUBSCRIBE gets the next answer of the script, or a stream that
 * begins with SUBSCRIBED when the script is at its end; any other call gets 202 unless the test says otherwise.
 */
public final class ScriptedMaster implements AutoCloseable {

    private final String scheme;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile double heartbeatSeconds = 15;
    private volatile Answer callAnswer = exchange -> respond(exchange, 202, "");

    /** A call as it came. */
    public record Received(String path, String streamId, Call call) {}

    /** What happens to one request. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    public ScriptedMaster() {
        this(null);
    }

    /** On https with what this context proves, else on http. */
    public ScriptedMaster(@Nullable SSLContext tls) {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(anywhere, 0);
            } else {
                HttpsServer secured = HttpsServer.create(anywhere, 0);
                secured.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secured;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        scheme = tls == null ? "http" : "https";
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What each request showed, in the order of their arrival; empty texts where there was nothing. */
    public List<String> authorizations() {
        return authorizations;
    }

    /** The next SUBSCRIBE without an answer yet gets this one. */
    public ScriptedMaster answersSubscribe(Answer answer) {
        script.add(answer);
        return this;
    }

    public ScriptedMaster answersSubscribe(int status, String body) {
        return answersSubscribe(exchange -> respond(exchange, status, body));
    }

    public ScriptedMaster redirectsTo(String location) {
        return answersSubscribe(exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            respond(exchange, 307, "");
        });
    }

    public void answersCalls(Answer answer) {
        callAnswer = answer;
    }

    public void answersCalls(int status, String body) {
        answersCalls(exchange -> respond(exchange, status, body));
    }

    public void announcesHeartbeats(double seconds) {
        heartbeatSeconds = seconds;
    }

    /** All streams that were begun, the latest last. */
    public List<Stream> streams() {
        return streams;
    }

    public Stream stream() {
        return streams.getLast();
    }

    /** All calls but SUBSCRIBE, in the order of their arrival. */
    public List<Call> calls() {
        return received.stream()
                .map(Received::call)
                .filter(call -> call.getType() != Call.Type.SUBSCRIBE)
                .toList();
    }

    public List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Call call = Call.parseFrom(exchange.getRequestBody().readAllBytes());
        String streamId = exchange.getRequestHeaders().getFirst("Mesos-Stream-Id");
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        authorizations.add(shown == null ? "" : shown);
        received.add(new Received(exchange.getRequestURI().getPath(), streamId == null ? "" : streamId, call));
        if (call.getType() != Call.Type.SUBSCRIBE) {
            callAnswer.to(exchange);
            return;
        }
        Answer scripted = script.poll();
        if (scripted != null) {
            scripted.to(exchange);
        } else {
            Stream stream = begin(exchange);
            stream.emit(subscribed("f-1", heartbeatSeconds));
        }
    }

    /** Begins a stream without an event. */
    public Stream begin(HttpExchange exchange) throws IOException {
        Stream stream = new Stream("stream-" + (streams.size() + 1), exchange);
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.getResponseHeaders().set("Mesos-Stream-Id", stream.id());
        exchange.sendResponseHeaders(200, 0);
        streams.add(stream);
        return stream;
    }

    public static Event subscribed(String frameworkId, double heartbeatSeconds) {
        return Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(FrameworkID.newBuilder().setValue(frameworkId))
                        .setHeartbeatIntervalSeconds(heartbeatSeconds))
                .build();
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** One answer to SUBSCRIBE. */
    public record Stream(String id, HttpExchange exchange) {

        public void emit(Event event) {
            byte[] record = event.toByteArray();
            byte[] length = (record.length + "\n").getBytes(StandardCharsets.US_ASCII);
            write(length);
            write(record);
        }

        public void write(byte[] bytes) {
            try {
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        /** Ends the answer where it is, even within a record. */
        public void end() {
            exchange.close();
        }
    }
}
