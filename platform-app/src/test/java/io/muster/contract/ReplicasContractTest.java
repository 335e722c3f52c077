package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.db.testing.TestDatabase;
import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the contract about what survives a leader: two replicas on one database and one Mesos. */
class ReplicasContractTest {

    @Test
    void row096_row045_row050_whatOneReplicaAcceptedSurvivesIt(@TempDir Path directory)
            throws IOException, SQLException {
        Path gate = directory.resolve("gate");
        Pod pod = Pod.of("/row050");
        try (TestDatabase database = TestDatabase.create();
                LocalMesos mesos = LocalMesos.start(LocalMesosSettings.in(directory.resolve("mesos")))) {
            List<String> settings =
                    List.of("muster.mesos.master=" + mesos.masterUri(), "muster.mesos.min-revive-interval=200ms");
            Server leader = Server.replica(database, settings);
            leader.awaitLeadership();
            try (Server standby = Server.replica(database, settings)) {
                assertThat(standby.leads()).isFalse();
                assertThat(standby.get("/v2/info").json().get("elected").asBoolean())
                        .isFalse();
                assertThat(standby.get("/v2/leader").text("/leader")).endsWith(":" + leader.port());

                Answer created = standby.post(Pod.suspended("/row096")).expect(201);
                assertThat(created.header("X-Marathon-Via")).isEmpty();
                standby.awaitEnd(created.deployment());
                leader.get("/v2/pods/row096").expect(200);

                var versions = new ArrayList<String>();
                for (int i = 0; i < 60; i++) {
                    versions.add(leader.deploy(Pod.suspended("/row045").label("v" + i))
                            .version());
                }

                String first = leader.deploy(pod.variable("one")).version();
                Answer put = leader.put(Gate.checked(pod.variable("two"), gate)).expect(200);
                soon().until(() -> leader.instances("/row050").size() == 2);
                leader.close();

                standby.awaitLeadership();
                assertThat(standby.get("/v2/pods/row045::versions").texts()).isEqualTo(versions);
                assertThat(standby.get("/v2/pods/row050").version()).isEqualTo(first);
                assertThat(standby.deployments()).containsExactly(put.deployment());
                assertThat(standby.status("/row050").at("/spec/version").asString())
                        .isEqualTo(first);

                Files.createFile(gate);
                standby.awaitEnd(put.deployment());
                assertThat(standby.get("/v2/pods/row050").version()).isEqualTo(put.version());
                stepsDownAndLeadsAgain(standby);
            } finally {
                leader.close();
            }
        }
    }

    /** There is no other: for a while nobody leads, and whoever asks is answered all the same. */
    private static void stepsDownAndLeadsAgain(Server only) {
        Answer abdicated = only.delete("/v2/leader").expect(200);

        assertThat(abdicated.message()).isEqualTo("Leadership abdicated");
        soon().until(() -> !only.leads());
        assertThat(only.get("/v2/leader").expect(404).message()).isEqualTo("There is no leader");
        only.delete("/v2/leader").expect(404);
        assertThat(only.get("/ping").expect(200).body()).contains("pong");
        assertThat(only.get("/v2/info").json().get("elected").asBoolean()).isFalse();
        assertThat(only.get("/v2/info").json().get("leader").isNull()).isTrue();
        Answer accepted = only.post(Pod.of("/meanwhile")).expect(201);

        only.awaitLeadership();
        only.awaitEnd(accepted.deployment());
        assertThat(only.get("/v2/leader").text("/leader")).endsWith(":" + only.port());
    }
}
