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
            } finally {
                leader.close();
            }
        }
    }
}
