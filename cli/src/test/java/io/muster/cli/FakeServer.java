package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that says what a test wants, in the words of a recorded one, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Scripted>> answers = new HashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** One request: its headers are those of the test's interest. */
    record Asked(String line, Map<String, String> headers, String body) {}

    private record Scripted(int status, Map<String, String> headers, String body) {}

    FakeServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers this request so; given several times, one after the other, and the last one for ever. */
    FakeServer answer(String line, int status, String body, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        synchronized (answers) {
            answers.computeIfAbsent(line, key -> new ArrayDeque<>()).add(new Scripted(status, map, body));
        }
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    /** Method, path and query of each request. */
    List<String> lines() {
        return asked.stream().map(Asked::line).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            asked.add(new Asked(
                    line, headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            Scripted scripted = next(line);
            scripted.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = scripted.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(scripted.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Scripted next(String line) {
        synchronized (answers) {
            Deque<Scripted> scripted = answers.get(line);
            if (scripted == null) {
                return new Scripted(404, Map.of(), "{\"message\":\"The test expects no " + line + "\"}");
            }
            return scripted.size() > 1 ? scripted.removeFirst() : scripted.getFirst();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
