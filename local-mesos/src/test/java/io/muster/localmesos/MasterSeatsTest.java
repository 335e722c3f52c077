package io.muster.localmesos;

import static io.muster.localmesos.Scheduler.framework;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.wire.Encoding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several masters over HTTP, answering as it was recorded of real ones. */
class MasterSeatsTest {
    private static final String SUBSCRIBE =
            "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"user\":\"root\",\"name\":\"x\"}}}";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private LocalMesos mesos;

    @BeforeEach
    void start() {
        mesos = LocalMesos.startScripted(
                LocalMesosSettings.in(directory).withIntervals(Duration.ofMillis(50), Duration.ofSeconds(15)));
    }

    @AfterEach
    void stop() {
        mesos.close();
        client.close();
    }

    private HttpResponse<String> post(URI master, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(master.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(SUBSCRIBE))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void sendsToTheLeaderWithoutNamingAScheme() throws Exception {
        int other = mesos.addMaster();
        String leader = "//127.0.0.1:" + mesos.masterUri().getPort();

        var scheduler = post(mesos.masterUri(other), "/api/v1/scheduler");
        var operator = post(mesos.masterUri(other), "/api/v1");
        var redirect = post(mesos.masterUri(other), "/redirect");

        assertThat(scheduler.statusCode()).isEqualTo(307);
        assertThat(scheduler.body()).isEmpty();
        assertThat(scheduler.headers().firstValue("Location")).hasValue(leader + "/master/api/v1/scheduler");
        assertThat(operator.headers().firstValue("Location")).hasValue(leader + "/master/api/v1");
        assertThat(redirect.headers().firstValue("Location")).hasValue(leader);
    }

    @Test
    void sendsAlongAChainOfMastersThatAreNotUpToDate() throws Exception {
        int second = mesos.addMaster();
        int third = mesos.addMaster();
        mesos.control(cluster -> cluster.seats().misleadTo(third, second));

        assertThat(post(mesos.masterUri(third), "/api/v1/scheduler").headers().firstValue("Location"))
                .hasValue("//127.0.0.1:" + mesos.masterUri(second).getPort() + "/master/api/v1/scheduler");
    }

    @Test
    void saysThatNobodyLeadsOrThatTheLeaderIsRecovering() throws Exception {
        mesos.control(cluster -> cluster.loseMaster());
        var leaderless = post(mesos.masterUri(), "/api/v1/scheduler");
        mesos.control(cluster -> cluster.elect(0, Duration.ofHours(1), Duration.ZERO));
        var recovering = post(mesos.masterUri(), "/api/v1/scheduler");

        assertThat(leaderless.statusCode()).isEqualTo(503);
        assertThat(leaderless.body()).isEqualTo("No leader elected");
        assertThat(recovering.statusCode()).isEqualTo(503);
        assertThat(recovering.body()).isEqualTo("Master has not finished recovery");
    }

    @Test
    void movesTasksToAMasterInAnotherSeat() {
        int other = mesos.addMaster();
        var scheduler = Scheduler.subscribe(mesos.masterUri(), Encoding.PROTOBUF, framework());
        Pods.launch(scheduler, "pod", Pods.shell("t", "sleep 1000"));
        scheduler.awaitStatus("t", TaskState.TASK_RUNNING);
        var known = framework().toBuilder().setId(scheduler.frameworkId()).build();

        mesos.control(cluster -> {
            cluster.loseMaster();
            cluster.elect(other, Duration.ZERO, Duration.ZERO);
        });
        var again = Scheduler.subscribe(mesos.masterUri(other), Encoding.JSON, known);
        mesos.containers().exit("t", 0);

        assertThat(again.await(Event::hasSubscribed).getSubscribed().getFrameworkId())
                .isEqualTo(known.getId());
        again.awaitStatus("t", TaskState.TASK_FINISHED);
    }

    @Test
    void breaksAConnectionInTheMiddleOfARecord() {
        var scheduler = Scheduler.subscribe(mesos.masterUri(), Encoding.JSON, framework());
        mesos.control(cluster -> cluster.wire().tearEvent(Event::hasUpdate));

        Pods.launch(scheduler, "pod", Pods.shell("t", "sleep 1000"));

        Scheduler.await().until(scheduler::hasEnded);
        assertThat(scheduler.states("t")).isEmpty();
    }
}
