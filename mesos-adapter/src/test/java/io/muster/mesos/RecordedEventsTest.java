package io.muster.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.deploy.cluster.StatusReport;
import io.muster.mesos.translate.CheckedEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event that a real master sent, through all that stands between the transport and the engine. */
class RecordedEventsTest {

    private final FakeTransport mesos = new FakeTransport();
    private final RecordingEngine engine = new RecordingEngine();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MesosCluster cluster = new MesosCluster(
            MesosSettings.of(List.of("master:5050"), "nobody", "host.example"),
            mesos,
            Clock.systemUTC(),
            new Random(1),
            registry);

    static List<String> streams() {
        return RecordedTraffic.streams();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void losesNothing(String stream) {
        List<Event> events = RecordedTraffic.events(stream);
        cluster.start(engine, Optional.empty(), () -> true);
        mesos.connect();
        List<String> expected = new ArrayList<>();
        List<TaskStatus> updates = new ArrayList<>();
        for (Event event : events) {
            assertThat(CheckedEvent.of(event).flaws()).isEmpty();
            switch (event.getType()) {
                case SUBSCRIBED ->
                    expected.add("subscribed as "
                            + event.getSubscribed().getFrameworkId().getValue());
                case UPDATE -> {
                    updates.add(event.getUpdate().getStatus());
                    expected.add(heard(event.getUpdate().getStatus()));
                }
                case ERROR -> expected.add(heard(event.getError().getMessage()));
                default -> {}
            }
            mesos.tell(event.toBuilder());
        }

        assertThat(engine.heard()).containsExactlyElementsOf(expected);
        assertThat(engine.reports()).hasSameSizeAs(updates);
        for (int i = 0; i < updates.size(); i++) {
            compare(engine.reports().get(i), updates.get(i));
        }
        assertThat(declined()).containsExactlyElementsOf(offered(events));
        assertThat(registry.get("muster.mesos.events.malformed").counters()).allMatch(counter -> counter.count() == 0);
        cluster.stop();
    }

    @Test
    void hasSeenWhatMatters() {
        List<Event> all = RecordedTraffic.streams().stream()
                .flatMap(stream -> RecordedTraffic.events(stream).stream())
                .toList();

        assertThat(all)
                .hasSizeGreaterThan(300)
                .extracting(Event::getType)
                .contains(
                        Event.Type.SUBSCRIBED,
                        Event.Type.OFFERS,
                        Event.Type.INVERSE_OFFERS,
                        Event.Type.RESCIND,
                        Event.Type.UPDATE,
                        Event.Type.UPDATE_OPERATION_STATUS,
                        Event.Type.FAILURE,
                        Event.Type.ERROR,
                        Event.Type.HEARTBEAT);
        assertThat(all.stream()
                        .filter(Event::hasUpdate)
                        .map(event -> event.getUpdate().getStatus().getState().name())
                        .distinct())
                .contains("TASK_LOST", "TASK_UNREACHABLE", "TASK_GONE", "TASK_GONE_BY_OPERATOR", "TASK_UNKNOWN")
                .contains("TASK_STARTING", "TASK_RUNNING", "TASK_KILLING", "TASK_KILLED", "TASK_FAILED", "TASK_ERROR");
    }

    private static String heard(TaskStatus status) {
        return status.getTaskId().getValue() + " " + status.getState().name().substring("TASK_".length());
    }

    private static String heard(String error) {
        String why = error.equals("Framework has been removed")
                ? "FRAMEWORK_REMOVED"
                : error.equals("Framework failed over") ? "FAILED_OVER" : "NOT_ACCEPTED";
        return "refused: " + why + " " + error;
    }

    private static void compare(StatusReport report, TaskStatus status) {
        assertThat(report.agentId().orElse("")).isEqualTo(status.getAgentId().getValue());
        assertThat(report.message().orElse("")).isEqualTo(status.getMessage());
        assertThat(report.reason().map(reason -> "REASON_" + reason))
                .isEqualTo(status.hasReason() ? Optional.of(status.getReason().name()) : Optional.empty());
        assertThat(report.healthy())
                .isEqualTo(status.hasHealthy() ? Optional.of(status.getHealthy()) : Optional.empty());
        assertThat(report.receipt().map(receipt -> receipt.uuid()))
                .isEqualTo(
                        status.hasUuid()
                                ? Optional.of(Base64.getEncoder()
                                        .encodeToString(status.getUuid().toByteArray()))
                                : Optional.empty());
        assertThat(report.addresses().stream()
                        .mapToInt(network -> network.addresses().size())
                        .sum())
                .isEqualTo(status.getContainerStatus().getNetworkInfosList().stream()
                        .mapToInt(network -> network.getIpAddressesCount())
                        .sum());
        assertThat((double) report.at().toEpochMilli()).isCloseTo(status.getTimestamp() * 1000, Offset.offset(1.0));
    }

    private List<String> declined() {
        return mesos.takeSent().stream()
                .filter(call -> call.getType() == Call.Type.DECLINE)
                .flatMap(call -> call.getDecline().getOfferIdsList().stream())
                .map(OfferID::getValue)
                .toList();
    }

    private static List<String> offered(List<Event> events) {
        return events.stream()
                .flatMap(event -> event.getOffers().getOffersList().stream())
                .map(offer -> offer.getId().getValue())
                .toList();
    }
}
