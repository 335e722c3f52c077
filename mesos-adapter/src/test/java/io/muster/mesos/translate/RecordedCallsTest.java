package io.muster.mesos.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import io.muster.mesos.RecordedTraffic;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write for what a recorded call says: the same, to the field. */
class RecordedCallsTest {

    private static final Set<Call.Type> WRITTEN = Set.of(
            Call.Type.DECLINE,
            Call.Type.ACKNOWLEDGE,
            Call.Type.RECONCILE,
            Call.Type.KILL,
            Call.Type.REVIVE,
            Call.Type.SUPPRESS);

    /** Those a master took; what it refuses is not worth writing. */
    static List<String> calls() {
        return RecordedTraffic.exchanges().stream()
                .filter(exchange -> RecordedTraffic.response(exchange).status() == 202)
                .filter(exchange ->
                        WRITTEN.contains(RecordedTraffic.call(exchange).getType()))
                .toList();
    }

    /** Those of which there is a stream, that is, that a master understood. We suppress no role with them. */
    static List<String> subscriptions() {
        return RecordedTraffic.streams().stream()
                .filter(exchange ->
                        RecordedTraffic.call(exchange).getSubscribe().getSuppressedRolesCount() == 0)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void writesTheSameCall(String exchange) {
        Call recorded = RecordedTraffic.call(exchange);

        assertThat(written(recorded)).isEqualTo(asWeWouldSayIt(recorded));
    }

    @ParameterizedTest
    @MethodSource("subscriptions")
    void writesTheSameSubscription(String exchange) {
        Call recorded = RecordedTraffic.call(exchange);

        assertThat(Calls.subscribe(recorded.getSubscribe().getFrameworkInfo())).isEqualTo(recorded);
    }

    @Test
    void hasComparedEveryKind() {
        assertThat(calls()).hasSizeGreaterThan(190);
        assertThat(calls().stream()
                        .map(exchange -> RecordedTraffic.call(exchange).getType())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(WRITTEN);
    }

    /** Without what we leave to Mesos: grace periods, which tasks carry themselves, and roles, of which we have one. */
    private static Call asWeWouldSayIt(Call recorded) {
        Call.Builder call = recorded.toBuilder();
        if (call.hasKill()) {
            call.getKillBuilder().clearKillPolicy();
        }
        return call.clearRevive().clearSuppress().build();
    }

    private static Call written(Call recorded) {
        FrameworkID framework = recorded.getFrameworkId();
        return switch (recorded.getType()) {
            case DECLINE -> {
                Call.Decline decline = recorded.getDecline();
                yield Calls.decline(
                        framework,
                        decline.getOfferIdsList().stream()
                                .map(OfferID::getValue)
                                .toList(),
                        decline.hasFilters()
                                ? Optional.of(Duration.ofMillis(
                                        Math.round(decline.getFilters().getRefuseSeconds() * 1000)))
                                : Optional.empty());
            }
            case ACKNOWLEDGE -> {
                Call.Acknowledge acknowledge = recorded.getAcknowledge();
                yield Calls.acknowledge(
                        framework,
                        new Receipt(
                                acknowledge.getAgentId().getValue(),
                                new TaskId(acknowledge.getTaskId().getValue()),
                                Base64.getEncoder()
                                        .encodeToString(acknowledge.getUuid().toByteArray())));
            }
            case RECONCILE ->
                Calls.reconcile(
                        framework,
                        recorded.getReconcile().getTasksList().stream()
                                .map(task -> new KnownTask(
                                        new TaskId(task.getTaskId().getValue()),
                                        agent(task.hasAgentId(), task.getAgentId())))
                                .toList());
            case KILL ->
                Calls.kill(
                        framework,
                        new KillOrder(
                                new TaskId(recorded.getKill().getTaskId().getValue()),
                                agent(
                                        recorded.getKill().hasAgentId(),
                                        recorded.getKill().getAgentId())));
            case REVIVE -> Calls.revive(framework);
            case SUPPRESS -> Calls.suppress(framework);
            default -> throw new IllegalArgumentException(recorded.getType().name());
        };
    }

    private static Optional<String> agent(boolean present, AgentID agent) {
        return present ? Optional.of(agent.getValue()) : Optional.empty();
    }
}
