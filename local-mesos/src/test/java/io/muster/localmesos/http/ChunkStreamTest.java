package io.muster.localmesos.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChunkStreamTest {
    private final AtomicInteger gone = new AtomicInteger();

    @Test
    void cutsAReaderThatDoesNotRead() throws Exception {
        var stream = new ChunkStream(1 << 20, gone::incrementAndGet);
        try (var server = serving(0, 100, request -> new Response.Streamed(200, Map.of(), stream));
                var socket = connect(server)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[256 * 1024];

            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        stream.send(chunk);
                        return gone.get() > 0;
                    });

            assertThat(gone).hasValue(1);
            assertThat(stream.isGone()).isTrue();
        }
    }

    @Test
    void noticesAReaderThatIsGoneWithoutSendingAnything() throws Exception {
        var stream = new ChunkStream(1000, gone::incrementAndGet);
        try (var server = serving(0, 100, request -> new Response.Streamed(200, Map.of(), stream))) {
            try (var socket = connect(server)) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                assertThat(gone).hasValue(0);
            }

            await().until(() -> gone.get() == 1);
        }
    }

    @Test
    void writesWhatWaitsBeforeItEndsTheBody() throws Exception {
        var stream = new ChunkStream(1000, gone::incrementAndGet);
        stream.send("one".getBytes(StandardCharsets.US_ASCII));
        stream.finish();
        stream.send("late".getBytes(StandardCharsets.US_ASCII));
        try (var server = serving(0, 100, request -> new Response.Streamed(200, Map.of(), stream));
                var socket = connect(server)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n");
            assertThat(gone).as("an end that was wanted is no loss").hasValue(0);
        }
    }

    private static HttpServer serving(int port, int largestBody, HttpServer.Handler handler) {
        HttpServer server = HttpServer.listen(port, largestBody, handler);
        server.serve();
        return server;
    }

    private static Socket connect(HttpServer server) throws IOException {
        return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port());
    }
}
