package io.muster.contract;

import static io.muster.contract.EventClient.listen;
import static io.muster.contract.EventClient.resume;
import static io.muster.contract.EventsContractTest.events;
import static io.muster.contract.EventsContractTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.db.testing.TestDatabase;
import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of several replicas, one after the other and at once. */
class EventReplicasTest {

    private static final String QUERY = "?event_type=replica_event";

    private static List<String> settings(LocalMesos mesos, boolean listen) {
        return List.of("muster.mesos.master=" + mesos.masterUri(), "muster.database.listen=" + listen);
    }

    @Test
    void aReaderGetsEveryEventExactlyOnceInOrderAcrossARestart(@TempDir Path directory)
            throws IOException, SQLException {
        var got = new ArrayList<Integer>();
        String last;
        try (TestDatabase database = TestDatabase.create();
                LocalMesos mesos = LocalMesos.start(LocalMesosSettings.in(directory))) {
            try (Server before = Server.replica(database, settings(mesos, true));
                    EventClient client = listen(before, QUERY)) {
                client.frame();
                before.tell(events("replica_event", 1, 500));
                got.addAll(numbers(client.logged(50)));
                last = client.lastId();
            }
            try (Server after = Server.replica(database, settings(mesos, true))) {
                after.tell(events("replica_event", 501, 700));
                try (EventClient client = resume(after, QUERY, last)) {
                    client.frame();
                    after.tell(events("replica_event", 701, 1000));
                    got.addAll(numbers(client.logged(950)));
                }
            }
        }

        assertThat(got).isEqualTo(IntStream.rangeClosed(1, 1000).boxed().toList());
    }

    /** Without wake-ups replicas look by themselves. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatOneReplicaStoresTheOtherTells(boolean listening, @TempDir Path directory)
            throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create();
                LocalMesos mesos = LocalMesos.start(LocalMesosSettings.in(directory));
                Server one = Server.replica(database, settings(mesos, listening));
                Server other = Server.replica(database, settings(mesos, listening));
                EventClient ofOne = listen(one, QUERY);
                EventClient ofOther = listen(other, QUERY)) {
            ofOne.frame();
            ofOther.frame();

            for (int i = 0; i < 50; i++) {
                (i % 2 == 0 ? one : other).tell(events("replica_event", i, i));
            }

            List<EventClient.Frame> fromOne = ofOne.logged(50);
            assertThat(fromOne).isEqualTo(ofOther.logged(50));
            assertThat(numbers(fromOne))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 50).boxed().toList());
            String middle = fromOne.get(19).id().orElseThrow();
            try (EventClient moved = resume(other, QUERY, middle)) {
                assertThat(moved.logged(30)).isEqualTo(fromOne.subList(20, 50));
            }
        }
    }
}
