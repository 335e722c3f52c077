package io.muster.mesos.translate;

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
import org.apache.mesos.v1.Protos.NetworkInfo.IPAddress;
import org.apache.mesos.v1.Protos.TaskStatus;

/** Reads status updates. */
public final class StatusReports {

    static final int LONGEST_MESSAGE = 10_000;

    private static final String REASON_PREFIX = "REASON_";

    /** The last second of the year 9999: later times are no times of a report. */
    private static final double LATEST_SECOND = 253_402_300_799.0;

    private StatusReports() {}

    /**
     * The report that an update carries. It has a receipt when Mesos waits for an acknowledgement, that is when the
     * update has a uuid: replies to a reconciliation and everything that the master makes up have none.
     *
     * @param status of a task, with a state that is known
     * @param receivedAt the time of the report when the update has none
     */
    public static StatusReport of(TaskStatus status, Instant receivedAt) {
        TaskId task = new TaskId(status.getTaskId().getValue());
        Optional<String> agentId =
                status.hasAgentId() ? Optional.of(status.getAgentId().getValue()) : Optional.empty();
        return new StatusReport(
                task,
                agentId,
                state(status.getState()),
                status.hasHealthy() ? Optional.of(status.getHealthy()) : Optional.empty(),
                status.hasMessage()
                        ? Optional.of(Storable.of(Storable.cut(status.getMessage(), LONGEST_MESSAGE)))
                        : Optional.empty(),
                reason(status),
                addresses(status),
                time(status, receivedAt),
                receipt(status));
    }

    /** Empty if Mesos does not wait for an acknowledgement, or says not on which agent. */
    static Optional<Receipt> receipt(TaskStatus status) {
        if (status.getUuid().isEmpty() || !status.hasAgentId()) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(
                status.getAgentId().getValue(),
                new TaskId(status.getTaskId().getValue()),
                Base64.getEncoder().encodeToString(status.getUuid().toByteArray())));
    }

    /** One that is newer than the messages used here keeps its number: {@code UNKNOWN_99}. */
    private static Optional<String> reason(TaskStatus status) {
        // getReason() answers with a default when there is none.
        if (status.hasReason()) {
            return Optional.of(status.getReason().name().substring(REASON_PREFIX.length()));
        }
        return Unknown.has(status, TaskStatus.REASON_FIELD_NUMBER)
                ? Optional.of("UNKNOWN_" + Unknown.number(status, TaskStatus.REASON_FIELD_NUMBER))
                : Optional.empty();
    }

    private static List<NetworkAddresses> addresses(TaskStatus status) {
        return status.getContainerStatus().getNetworkInfosList().stream()
                .filter(network -> network.getIpAddressesCount() > 0)
                .map(network -> new NetworkAddresses(
                        network.hasName() ? Optional.of(Storable.of(network.getName())) : Optional.empty(),
                        network.getIpAddressesList().stream()
                                .filter(IPAddress::hasIpAddress)
                                .map(address -> Storable.of(address.getIpAddress()))
                                .toList()))
                .toList();
    }

    private static Instant time(TaskStatus status, Instant receivedAt) {
        double seconds = status.getTimestamp();
        boolean usable = status.hasTimestamp() && seconds >= 0 && seconds <= LATEST_SECOND;
        // A double holds today's seconds to less than a microsecond.
        return usable ? Instant.EPOCH.plusNanos(Math.round(seconds * 1e6) * 1000) : receivedAt;
    }

    private static TaskState state(Protos.TaskState state) {
        return switch (state) {
            case TASK_STAGING -> TaskState.STAGING;
            case TASK_STARTING -> TaskState.STARTING;
            case TASK_RUNNING -> TaskState.RUNNING;
            case TASK_KILLING -> TaskState.KILLING;
            case TASK_FINISHED -> TaskState.FINISHED;
            case TASK_FAILED -> TaskState.FAILED;
            case TASK_KILLED -> TaskState.KILLED;
            case TASK_ERROR -> TaskState.ERROR;
            case TASK_LOST -> TaskState.LOST;
            case TASK_DROPPED -> TaskState.DROPPED;
            case TASK_UNREACHABLE -> TaskState.UNREACHABLE;
            case TASK_GONE -> TaskState.GONE;
            case TASK_GONE_BY_OPERATOR -> TaskState.GONE_BY_OPERATOR;
            case TASK_UNKNOWN -> TaskState.UNKNOWN;
        };
    }
}
