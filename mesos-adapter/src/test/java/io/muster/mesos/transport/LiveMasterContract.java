package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.mesos.translate.Calls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** What a master has to answer, over any transport. Registers a framework of its own, and tears it down. */
public abstract class LiveMasterContract {

    /** A master sends a heartbeat every 15 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String STRANGER = "muster-test.no-such-task";

    private final List<Event> heard = new CopyOnWriteArrayList<>();

    /** One that has not been opened, to a master that has an agent with free resources. */
    protected abstract Transport transport();

    @Test
    void subscribesHearsHeartbeatsDeclinesReconcilesAndTearsDown() {
        try (Transport transport = transport()) {
            transport.open(listener(transport), () -> true);
            FrameworkID id = event(Event.Type.SUBSCRIBED).getSubscribed().getFrameworkId();
            assertThat(id.getValue()).isNotEmpty();
            event(Event.Type.HEARTBEAT);

            List<String> offers = event(Event.Type.OFFERS).getOffers().getOffersList().stream()
                    .map(Offer::getId)
                    .map(offer -> offer.getValue())
                    .toList();
            transport.send(Calls.decline(id, offers, Optional.of(Duration.ofSeconds(1))));

            transport.send(Call.newBuilder()
                    .setFrameworkId(id)
                    .setType(Call.Type.RECONCILE)
                    .setReconcile(Call.Reconcile.newBuilder()
                            .addTasks(Call.Reconcile.Task.newBuilder()
                                    .setTaskId(TaskID.newBuilder().setValue(STRANGER))))
                    .build());
            TaskStatus status = event(Event.Type.UPDATE).getUpdate().getStatus();
            assertThat(status.getTaskId().getValue()).isEqualTo(STRANGER);
            assertThat(status.getState()).isEqualTo(TaskState.TASK_UNKNOWN);
            assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_RECONCILIATION);
            assertThat(status.hasUuid()).isFalse();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard)
                            .filteredOn(event -> event.getType() == Event.Type.OFFERS)
                            .as("offered again after the decline")
                            .hasSizeGreaterThan(1));
            transport.send(Call.newBuilder()
                    .setFrameworkId(id)
                    .setType(Call.Type.TEARDOWN)
                    .build());
        }
    }

    private Event event(Event.Type type) {
        await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(event -> event.getType() == type));
        return heard.stream()
                .filter(event -> event.getType() == type)
                .findFirst()
                .orElseThrow();
    }

    private TransportListener listener(Transport transport) {
        return new TransportListener() {
            @Override
            public void connected() {
                // Not again: the framework would come back after its end.
                if (heard.isEmpty()) {
                    transport.send(Calls.subscribe(framework()));
                }
            }

            @Override
            public void received(Event event) {
                heard.add(event);
            }

            @Override
            public void disconnected(String reason) {}

            @Override
            public void refused(String message) {
                throw new IllegalStateException(message);
            }
        };
    }

    @SuppressWarnings("deprecation") // the field for frameworks of one role
    private static FrameworkInfo framework() {
        return FrameworkInfo.newBuilder()
                .setUser(System.getProperty("user.name"))
                .setName("muster-test")
                .setRole("*")
                .setFailoverTimeout(0)
                .addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE))
                .build();
    }
}
