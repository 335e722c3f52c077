package io.muster.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP connection, as cheap as it can be: on a small machine a comfortable client would take the time
 * that is to be measured.
 */
final class Connection implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final int port;
    private Socket socket;
    private BufferedInputStream in;
    private OutputStream out;

    Connection(int port) throws IOException {
        this.port = port;
        open();
    }

    private void open() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** What was answered; the body is read, and only its length is kept. */
    record Answer(int status, long length) {
        Answer expect(int expected) throws IOException {
            if (status != expected) {
                throw new IOException("answered " + status + " instead of " + expected);
            }
            return this;
        }
    }

    Answer get(String path) throws IOException {
        return exchange("GET", path, "");
    }

    Answer exchange(String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: application/json\r\n"
                + (bytes.length == 0
                        ? "\r\n"
                        : "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n");
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[headBytes.length + bytes.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(bytes, 0, request, headBytes.length, bytes.length);
        out.write(request);
        out.flush();
        return answer();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        long length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.equals("connection: close")) {
                last = true;
            }
        }
        length = chunked ? skipChunks() : skip(length);
        if (last) {
            socket.close();
            open();
        }
        return new Answer(status, length);
    }

    private long skip(long length) throws IOException {
        in.skipNBytes(length);
        return length;
    }

    private long skipChunks() throws IOException {
        long length = 0;
        for (long chunk = chunkLength(); chunk > 0; chunk = chunkLength()) {
            length += skip(chunk);
            line();
        }
        line();
        return length;
    }

    private long chunkLength() throws IOException {
        return Long.parseLong(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
