package io.muster.localmesos.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads requests from one connection, one after another; bounded in the size of head and body. */
final class RequestReader {
    private static final int LONGEST_HEAD = 64 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final int largestBody;

    RequestReader(InputStream in, OutputStream out, int largestBody) {
        this.in = in;
        this.out = out;
        this.largestBody = largestBody;
    }

    /** A request that cannot be read further: it is answered with this status, then the connection is closed. */
    static final class BadRequestException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        BadRequestException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** The next request; empty if the client closed the connection instead of sending one. */
    Optional<Request> next() throws IOException, BadRequestException {
        var budget = new int[] {LONGEST_HEAD};
        Optional<String> first = line(budget, true);
        while (first.isPresent() && first.get().isEmpty()) {
            first = line(budget, true); // RFC 9112 2.2: blank lines before a request are skipped
        }
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.get().split(" ", -1);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new BadRequestException(400, "Malformed request line");
        }
        Map<String, String> headers = headers(budget);
        if (parts[2].equals("HTTP/1.0")) {
            headers.putIfAbsent("connection", "close");
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        String target = parts[1];
        int query = target.indexOf('?');
        return Optional.of(new Request(
                parts[0],
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                headers,
                body(headers)));
    }

    private Map<String, String> headers(int[] budget) throws IOException, BadRequestException {
        var headers = new HashMap<String, String>();
        for (String line = line(budget, false).orElseThrow();
                !line.isEmpty();
                line = line(budget, false).orElseThrow()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new BadRequestException(400, "Malformed header");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + "," + b);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException, BadRequestException {
        String coding = headers.getOrDefault("transfer-encoding", "");
        if (coding.equalsIgnoreCase("chunked")) {
            return chunked();
        }
        if (!coding.isEmpty()) {
            throw new BadRequestException(501, "Unknown transfer encoding");
        }
        String length = headers.getOrDefault("content-length", "0");
        if (!length.matches("\\d{1,18}")) {
            throw new BadRequestException(400, "Malformed Content-Length");
        }
        long size = Long.parseLong(length);
        if (size > largestBody) {
            throw new BadRequestException(413, "The body is larger than " + largestBody + " bytes");
        }
        return exactly((int) size);
    }

    private byte[] chunked() throws IOException, BadRequestException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var budget = new int[] {LONGEST_HEAD};
            String size = line(budget, false).orElseThrow().split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,8}")) {
                throw new BadRequestException(400, "Malformed chunk size");
            }
            long count = Long.parseLong(size, 16);
            if (count == 0) {
                while (!line(budget, false).orElseThrow().isEmpty()) {
                    // Trailers are read and not used.
                }
                return body.toByteArray();
            }
            if (body.size() + count > largestBody) {
                throw new BadRequestException(413, "The body is larger than " + largestBody + " bytes");
            }
            body.write(exactly((int) count));
            if (!line(budget, false).orElseThrow().isEmpty()) {
                throw new BadRequestException(400, "Malformed chunk");
            }
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("The client closed the connection in the middle of a request");
        }
        return bytes;
    }

    /** One line without its end. Only where the stream may end is the answer empty. */
    private Optional<String> line(int[] budget, boolean mayEnd) throws IOException, BadRequestException {
        var bytes = new ByteArrayOutputStream();
        while (true) {
            int b = in.read();
            if (b < 0) {
                if (mayEnd && bytes.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("The client closed the connection in the middle of a request");
            }
            if (--budget[0] < 0) {
                throw new BadRequestException(431, "The head of the request is too long");
            }
            if (b == '\n') {
                String line = bytes.toString(StandardCharsets.ISO_8859_1);
                return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            }
            bytes.write(b);
        }
    }
}
