package io.muster.localmesos;

import static io.muster.localmesos.Pods.launch;
import static io.muster.localmesos.Pods.shell;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.wire.Encoding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.mesos.v1.Protos.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way from a master to what a container wrote. */
class OperatorApiTest {

    @TempDir
    private Path directory;

    private static HttpResponse<String> get(URI where) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(where).build(), BodyHandlers.ofString());
        }
    }

    private static JsonNode json(URI where) throws IOException, InterruptedException {
        return new JsonMapper().readTree(get(where).body());
    }

    @Test
    void leadsFromTheMasterToTheOutputOfAContainer() throws IOException, InterruptedException {
        try (var mesos = LocalMesos.start(LocalMesosSettings.in(directory));
                var scheduler = Scheduler.subscribe(mesos.masterUri(), Encoding.JSON, Scheduler.framework())) {
            launch(scheduler, "pod", shell("t", "echo some output; exec sleep 1000"));
            scheduler.awaitStatus("t", TaskState.TASK_RUNNING);

            JsonNode slave = json(mesos.masterUri().resolve("/slaves")).at("/slaves/0");
            String pid = slave.path("pid").asString("");
            URI agent = URI.create("http://" + pid.substring(pid.indexOf('@') + 1));
            JsonNode executor = json(agent.resolve("/slave(1)/state")).at("/frameworks/0/executors/0");
            URI file = agent.resolve(
                    "/files/read?offset=0&path=" + executor.path("directory").asString("") + "/tasks/t/stdout");

            assertThat(slave.path("hostname").asString("")).isEqualTo("localhost");
            assertThat(executor.at("/tasks/0/id").asString("")).isEqualTo("t");
            Scheduler.await().until(() -> json(file).path("data").asString("").equals("some output\n"));
            assertThat(get(agent.resolve("/slave(2)/state")).statusCode()).isEqualTo(404);
            assertThat(get(agent.resolve("/files/read?path=/etc/passwd&offset=0"))
                            .statusCode())
                    .isEqualTo(400);
        }
    }
}
