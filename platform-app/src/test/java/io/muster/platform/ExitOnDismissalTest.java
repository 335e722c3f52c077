package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.muster.deploy.cluster.Dismissal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the program ends when Mesos has done with it. */
class ExitOnDismissalTest {

    private final List<Integer> subscriptions = new CopyOnWriteArrayList<>();

    @Test
    void endsWithTheCodeForARemovedFramework(@TempDir Path directory) throws IOException, InterruptedException {
        HttpServer master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        master.createContext("/api/v1/scheduler", this::removed);
        master.start();
        try (MusterProcess muster = MusterProcess.launch(
                directory,
                Map.of("MUSTER_MESOS_MASTER", "127.0.0.1:" + master.getAddress().getPort()))) {
            assertThat(muster.exitCode()).isEqualTo(110);
            assertThat(muster.log())
                    .contains("Muster ends with exit code 110: FRAMEWORK_REMOVED Framework has been removed");
            assertThat(subscriptions).as("it does not try again").hasSize(1);
        } finally {
            master.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_ACCEPTED, 106",
        "FAILED_OVER, 106",
        "FRAMEWORK_ID_MISSING, 108",
        "FRAMEWORK_ID_CHANGED, 108",
        "FRAMEWORK_REMOVED, 110",
    })
    void hasTheCodesThatInitScriptsKnow(Dismissal why, int code) {
        assertThat(ExitOnDismissal.exitCode(why)).isEqualTo(code);
    }

    /** The one event that a real master sends: {@code ERROR}, in protobuf, as one record. */
    private void removed(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        subscriptions.add(1);
        byte[] message = "Framework has been removed".getBytes(StandardCharsets.US_ASCII);
        byte[] error = concat(new byte[] {0x0a, (byte) message.length}, message);
        byte[] event = concat(new byte[] {0x08, 7, 0x42, (byte) error.length}, error);
        byte[] length = (event.length + "\n").getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.getResponseHeaders().set("Mesos-Stream-Id", "s-1");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(concat(length, event));
        exchange.close();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
