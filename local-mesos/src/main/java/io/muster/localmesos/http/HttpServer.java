package io.muster.localmesos.http;

import io.muster.localmesos.http.RequestReader.BadRequestException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 on loopback, a virtual thread for each connection. The JDK's own server is not used because it notices a
 * client that went away only at the next write, and cannot cut a write that blocks; a master must do both.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final int MOST_CONNECTIONS = 512;
    private static final int IDLE_MILLIS = 300_000;
    private static final int DRAIN_MILLIS = 1_000;

    private final ServerSocket listener;
    private final Handler handler;
    private final int largestBody;
    private final Semaphore slots = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Answers requests; called on the connection's own thread, may block. */
    @FunctionalInterface
    public interface Handler {
        Response handle(Request request) throws InterruptedException;
    }

    private HttpServer(ServerSocket listener, int largestBody, Handler handler) {
        this.listener = listener;
        this.largestBody = largestBody;
        this.handler = handler;
    }

    /**
     * Listens on 127.0.0.1; connections wait until {@link #serve} is called.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException if the port cannot be had
     */
    public static HttpServer listen(int port, int largestBody, Handler handler) {
        ServerSocket listener;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 128);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, e);
        }
        return new HttpServer(listener, largestBody, handler);
    }

    /** Begins to answer; called once. */
    public void serve() {
        Thread.ofVirtual().name("local-mesos-http").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                slots.acquire();
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                slots.release();
                if (!listener.isClosed()) {
                    log.warn("A connection could not be accepted", e);
                    pause();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** The machine is short of something, such as file descriptors; trying again at once would only use more. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
            converse(socket, in, out);
        } catch (IOException e) {
            log.debug("A connection ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
            slots.release();
        }
    }

    private void converse(Socket socket, InputStream in, OutputStream out) throws IOException, InterruptedException {
        var requests = new RequestReader(in, out, largestBody);
        while (true) {
            Request request;
            try {
                var next = requests.next();
                if (next.isEmpty()) {
                    return;
                }
                request = next.get();
            } catch (BadRequestException e) {
                writeWhole(out, (Response.Whole) Response.text(e.status(), String.valueOf(e.getMessage())), true);
                drain(socket, in);
                return;
            }
            boolean close = request.header("Connection").equalsIgnoreCase("close");
            switch (answer(request)) {
                case Response.Whole whole -> writeWhole(out, whole, close);
                case Response.Streamed streamed -> {
                    stream(socket, in, out, streamed);
                    return;
                }
            }
            if (close) {
                return;
            }
        }
    }

    /** Reads what is still coming, within bounds: closing at once would reset the answer away. */
    private void drain(Socket socket, InputStream in) throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(DRAIN_MILLIS);
        byte[] rest = new byte[8192];
        int budget = 2 * largestBody;
        for (int read = in.read(rest); read >= 0 && budget > 0; read = in.read(rest)) {
            budget -= read;
        }
    }

    private Response answer(Request request) throws InterruptedException {
        if (!isLoopback(request.header("Host"))) {
            // A page in a browser could otherwise reach a master that starts processes, by a name that resolves here.
            return Response.text(403, "This master answers to loopback names only");
        }
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            if (!listener.isClosed()) {
                log.error("A request failed: {} {}", request.method(), request.path(), e);
            }
            return Response.text(500, "Internal error, see the log of local-mesos");
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.startsWith("[") ? host.replaceFirst("\\].*", "]") : host.split(":", 2)[0];
        return Set.of("", "localhost", "127.0.0.1", "[::1]").contains(name);
    }

    private static void writeWhole(OutputStream out, Response.Whole whole, boolean close) throws IOException {
        var head = head(whole.status(), whole.headers());
        head.append("Content-Length: ").append(whole.body().length).append("\r\n");
        if (close) {
            head.append("Connection: close\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(whole.body());
        out.flush();
    }

    private void stream(Socket socket, InputStream in, OutputStream out, Response.Streamed streamed)
            throws IOException, InterruptedException {
        ChunkStream chunks = streamed.stream();
        chunks.attach(() -> closeQuietly(socket));
        socket.setSoTimeout(0);
        Thread.ofVirtual().start(() -> watch(in, chunks));
        try {
            var head = head(streamed.status(), streamed.headers());
            head.append("Transfer-Encoding: chunked\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            for (List<byte[]> next = chunks.take(); !next.isEmpty(); next = chunks.take()) {
                for (byte[] chunk : next) {
                    out.write((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                out.flush();
            }
            if (chunks.isComplete()) {
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        } finally {
            chunks.abort();
        }
    }

    /** A client says nothing more on a connection that streams: its end of the connection ending is all to wait for. */
    private static void watch(InputStream in, ChunkStream chunks) {
        try {
            while (in.read() >= 0) {
                // Bytes after the request are of no interest.
            }
        } catch (IOException e) {
            log.debug("A stream's connection broke: {}", e.toString());
        }
        chunks.abort();
    }

    private static StringBuilder head(int status, Map<String, String> headers) {
        var head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason(status))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 202 -> "Accepted";
            case 307 -> "Temporary Redirect";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("A connection could not be closed: {}", e.toString());
        }
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            log.debug("The listener could not be closed: {}", e.toString());
        }
        open.forEach(HttpServer::closeQuietly);
    }
}
