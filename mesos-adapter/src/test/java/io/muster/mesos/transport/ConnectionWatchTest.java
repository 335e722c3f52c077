package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Cluster.SendPermit;
import java.util.Objects;
import java.util.Optional;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionWatchTest {

    private final ConnectionWatch watch = new ConnectionWatch();
    private final Scripted scripted = new Scripted();
    private final Transport watched = watch.over(scripted);
    private final RecordingListener listener = new RecordingListener(watched);

    /** Lets the test speak in place of a master. */
    private static final class Scripted implements Transport {

        private @Nullable TransportListener opened;

        @Override
        public void open(TransportListener by, SendPermit permit) {
            opened = by;
        }

        @Override
        public void send(Call call) {}

        @Override
        public void close() {}

        TransportListener listener() {
            return Objects.requireNonNull(opened);
        }
    }

    @Test
    void knowsWhetherThereIsASubscriptionAndWhyThereIsNone() {
        watched.open(listener, () -> true);
        assertThat(watch.state()).isEqualTo(new ConnectionWatch.State(false, Optional.empty()));

        scripted.listener().connected();
        scripted.listener()
                .received(Event.newBuilder().setType(Event.Type.SUBSCRIBED).build());
        assertThat(watch.state()).isEqualTo(new ConnectionWatch.State(true, Optional.empty()));

        scripted.listener().disconnected("no heartbeat");
        assertThat(watch.state()).isEqualTo(new ConnectionWatch.State(false, Optional.of("no heartbeat")));

        scripted.listener().refused("go away");
        assertThat(watch.state()).isEqualTo(new ConnectionWatch.State(false, Optional.of("go away")));
        assertThat(listener.heard())
                .containsExactly("connected", "SUBSCRIBED", "disconnected: no heartbeat", "refused: go away");

        watched.close();
        assertThat(watch.state()).isEqualTo(new ConnectionWatch.State(false, Optional.empty()));
    }
}
