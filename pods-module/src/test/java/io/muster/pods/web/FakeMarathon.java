package io.muster.pods.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers as a Marathon does that has these pods, and remembers what it was asked. */
final class FakeMarathon implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, TreeMap<String, String>> pods = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    FakeMarathon() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A version of a pod; the members besides id and version are given as JSON. The last one is in force. */
    FakeMarathon version(String id, String version, String members) {
        pods.computeIfAbsent(id, _ -> new TreeMap<>())
                .put(version, "{\"id\":\"" + id + "\",\"version\":\"" + version + "\"," + members + "}");
        return this;
    }

    void clear() {
        pods.clear();
        broken.clear();
        authorizations.clear();
    }

    /** From now on this path answers with 500. */
    FakeMarathon breaks(String path) {
        broken.add(path);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        List<String> authorization = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        authorizations.addAll(authorization);
        String body = broken.contains(path) ? null : bodyOf(path);
        byte[] bytes = (body == null ? "{\"message\":\"no\"}" : body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body == null ? (broken.contains(path) ? 500 : 404) : 200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private @Nullable String bodyOf(String path) {
        if (path.equals("/v2/pods")) {
            return pods.values().stream()
                    .map(versions -> versions.lastEntry().getValue())
                    .collect(Collectors.joining(",", "[", "]"));
        }
        String rest = path.substring("/v2/pods".length());
        int suffix = rest.indexOf("::versions");
        TreeMap<String, String> versions = pods.get(suffix < 0 ? rest : rest.substring(0, suffix));
        if (versions == null) {
            return null;
        }
        if (suffix < 0) {
            return versions.lastEntry().getValue();
        }
        if (rest.endsWith("::versions")) {
            // Marathon lists them in no order.
            return versions.descendingKeySet().stream()
                    .map(version -> '"' + version + '"')
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return versions.get(rest.substring(suffix + "::versions/".length()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
