package io.muster.localmesos.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.localmesos.recorded.Recording;
import io.muster.localmesos.recorded.Recording.Exchange;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master that does not lead sends recorded requests where the recorded one sent them. */
class FollowerReplayTest {
    private static final String HOST_AND_PORT = "127\\.0\\.0\\.1:\\d+";

    @TempDir
    private Path directory;

    @Test
    void redirectsAsARealMasterThatDoesNotLead() throws Exception {
        List<Exchange> redirected = Recording.read("master-failover-zk").exchanges().stream()
                .filter(exchange -> exchange.response().status() == 307)
                .toList();
        assertThat(redirected).hasSizeGreaterThan(5);
        try (var mesos = LocalMesos.startScripted(LocalMesosSettings.in(directory));
                var client = HttpClient.newHttpClient()) {
            int follower = mesos.addMaster();
            for (Exchange exchange : redirected) {
                String[] line = exchange.request().firstLine().split(" ", -1);
                var request = HttpRequest.newBuilder(mesos.masterUri(follower).resolve(line[1]))
                        .header("Content-Type", "application/json")
                        .method(
                                line[0],
                                HttpRequest.BodyPublishers.ofByteArray(
                                        exchange.request().body()))
                        .build();

                var response = client.send(request, HttpResponse.BodyHandlers.ofString());

                assertThat(response.statusCode()).as(exchange.name()).isEqualTo(307);
                assertThat(response.body()).isEmpty();
                String location = response.headers().firstValue("Location").orElseThrow();
                assertThat(location)
                        .startsWith("//127.0.0.1:" + mesos.masterUri().getPort());
                assertThat(location.replaceAll(HOST_AND_PORT, ""))
                        .as(exchange.name())
                        .isEqualTo(exchange.response().headers().get("location").replaceAll(HOST_AND_PORT, ""));
            }
        }
    }
}
