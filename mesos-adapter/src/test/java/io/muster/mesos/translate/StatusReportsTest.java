package io.muster.mesos.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ContainerStatus;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.NetworkInfo.IPAddress;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReportsTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");
    private static final String TASK = "shop_cart.instance-5a1e1c50-2b7c-11ec-9f3a-0242ac110002.web";

    @Test
    void readsAnUpdateOfAnExecutorWithItsReceipt() {
        TaskStatus status = status(Protos.TaskState.TASK_RUNNING)
                .setAgentId(AgentID.newBuilder().setValue("m1-S0"))
                .setUuid(ByteString.copyFrom(Base64.getDecoder().decode("Za+e4Z4TRVWkEgFqB5sobA==")))
                .setTimestamp(1795345575.741375)
                .setHealthy(true)
                .setMessage("fine")
                .setReason(TaskStatus.Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED)
                .setContainerStatus(ContainerStatus.newBuilder()
                        .addNetworkInfos(NetworkInfo.newBuilder()
                                .setName("mesos-bridge")
                                .addIpAddresses(IPAddress.newBuilder().setIpAddress("172.31.254.7"))
                                .addIpAddresses(IPAddress.newBuilder().setIpAddress("fd00::7"))))
                .build();

        assertThat(StatusReports.of(status, RECEIVED))
                .isEqualTo(new StatusReport(
                        new TaskId(TASK),
                        Optional.of("m1-S0"),
                        TaskState.RUNNING,
                        Optional.of(true),
                        Optional.of("fine"),
                        Optional.of("TASK_HEALTH_CHECK_STATUS_UPDATED"),
                        List.of(new NetworkAddresses(Optional.of("mesos-bridge"), List.of("172.31.254.7", "fd00::7"))),
                        Instant.parse("2026-11-22T11:06:15.741375Z"),
                        Optional.of(new Receipt("m1-S0", new TaskId(TASK), "Za+e4Z4TRVWkEgFqB5sobA=="))));
    }

    @Test
    void leavesOutWhatTheUpdateDoesNotSay() {
        assertThat(StatusReports.of(status(Protos.TaskState.TASK_UNKNOWN).build(), RECEIVED))
                .isEqualTo(new StatusReport(
                        new TaskId(TASK),
                        Optional.empty(),
                        TaskState.UNKNOWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        RECEIVED,
                        Optional.empty()));
    }

    @Test
    void namesNoNetworkForTheAddressOfTheHost() {
        TaskStatus status = status(Protos.TaskState.TASK_RUNNING)
                .setContainerStatus(ContainerStatus.newBuilder()
                        .addNetworkInfos(NetworkInfo.newBuilder()
                                .addIpAddresses(IPAddress.newBuilder().setIpAddress("127.0.0.1"))))
                .build();

        assertThat(StatusReports.of(status, RECEIVED).addresses())
                .containsExactly(new NetworkAddresses(Optional.empty(), List.of("127.0.0.1")));
    }

    @ParameterizedTest
    @EnumSource(Protos.TaskState.class)
    void knowsEveryStateByItsName(Protos.TaskState state) {
        assertThat(StatusReports.of(status(state).build(), RECEIVED).state().name())
                .isEqualTo(state.name().substring("TASK_".length()));
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.Reason.class)
    void knowsEveryReasonByItsName(TaskStatus.Reason reason) {
        TaskStatus status =
                status(Protos.TaskState.TASK_FAILED).setReason(reason).build();

        assertThat(StatusReports.of(status, RECEIVED).reason().map(name -> "REASON_" + name))
                .contains(reason.name());
    }

    @Test
    void cutsLongMessagesButNoCharacterInTwo() {
        String start = "x".repeat(StatusReports.LONGEST_MESSAGE - 1);

        assertThat(message(start + "yz")).isEqualTo(start + "y");
        assertThat(message(start + "\uD83D\uDE00")).isEqualTo(start);
        assertThat(message(start + "y")).isEqualTo(start + "y");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
    void takesTheTimeOfReceiptForTimesThatAreNone(double timestamp) {
        TaskStatus status =
                status(Protos.TaskState.TASK_RUNNING).setTimestamp(timestamp).build();

        assertThat(StatusReports.of(status, RECEIVED).at()).isEqualTo(RECEIVED);
    }

    private static String message(String text) {
        TaskStatus status =
                status(Protos.TaskState.TASK_FAILED).setMessage(text).build();
        return StatusReports.of(status, RECEIVED).message().orElseThrow();
    }

    private static TaskStatus.Builder status(Protos.TaskState state) {
        return TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(TASK))
                .setState(state);
    }
}
