package io.muster.pods.web;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends bytes as they are, which no client library would, over one connection for as long as it lasts. */
final class RawClient implements AutoCloseable {

    /** @param headers by name in lower case; of repeated ones the last */
    record Reply(int status, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    private static final int TIMEOUT_MILLIS = 10_000;

    private final int port;
    private @Nullable Socket socket;

    RawClient(int port) {
        this.port = port;
    }

    /**
     * Sends a request and reads the answer to it. A connection that the server has ended meanwhile is replaced once.
     *
     * @param head whether the answer has no body, whatever its headers say
     * @throws IOException if there is no whole answer
     */
    Reply send(byte[] request, boolean head) throws IOException {
        boolean used = socket != null;
        try {
            return exchange(request, head);
        } catch (IOException ended) {
            close();
            if (!used) {
                throw ended;
            }
            return exchange(request, head);
        }
    }

    private Reply exchange(byte[] request, boolean head) throws IOException {
        Socket open = open();
        try {
            open.getOutputStream().write(request);
        } catch (IOException refusedWhileSending) {
            // Tomcat answers before it has read everything, and closes; its answer is there all the same.
        }
        InputStream in = open.getInputStream();
        Reply reply = read(in, head);
        while (reply.status() == 100) {
            reply = read(in, head);
        }
        if (reply.header("Connection").equalsIgnoreCase("close")) {
            close();
        }
        return reply;
    }

    private Socket open() throws IOException {
        Socket current = socket;
        if (current == null) {
            current = new Socket(InetAddress.getLoopbackAddress(), port);
            current.setTcpNoDelay(true);
            current.setSoTimeout(TIMEOUT_MILLIS);
            socket = current;
        }
        return current;
    }

    private static Reply read(InputStream in, boolean head) throws IOException {
        String statusLine = line(in);
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean bodiless = head || status == 100 || status == 204 || status == 304;
        byte[] body = bodiless ? new byte[0] : body(in, headers);
        return new Reply(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        if (!headers.containsKey("transfer-encoding")) {
            return in.readAllBytes();
        }
        var body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after '" + line + "'");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Ends the connection; the next request makes another one. */
    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // It is of no use any more either way.
            }
        }
    }
}
