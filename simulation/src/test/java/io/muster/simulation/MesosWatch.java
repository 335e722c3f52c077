package io.muster.simulation;

import com.google.protobuf.ByteString;
import io.muster.deploy.cluster.TaskId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/** Sees what the master says, and remembers which updates nobody has acknowledged. */
final class MesosWatch {

    private final Stage stage;
    /** Agents by the uuid of their update. */
    private final Map<ByteString, Outstanding> outstanding = new LinkedHashMap<>();
    /** What each agent said of which uuid. */
    private final Map<ByteString, TaskStatus> statuses = new HashMap<>();

    private @Nullable FrameworkID framework;

    private record Outstanding(AgentID agent, String task) {}

    MesosWatch(Stage stage) {
        this.stage = stage;
    }

    void said(Event event) {
        if (event.hasSubscribed()) {
            framework = event.getSubscribed().getFrameworkId();
        }
        if (event.hasUpdate() && event.getUpdate().getStatus().hasUuid()) {
            TaskStatus status = event.getUpdate().getStatus();
            ByteString uuid = status.getUuid();
            outstanding.put(
                    uuid,
                    new Outstanding(status.getAgentId(), status.getTaskId().getValue() + " " + status.getState()));
            statuses.put(uuid, status);
        }
    }

    Optional<FrameworkID> framework() {
        return Optional.ofNullable(framework);
    }

    /** The update with this uuid. */
    TaskStatus update(ByteString uuid) {
        TaskStatus status = statuses.get(uuid);
        if (status == null) {
            throw new Violation("an update was acknowledged that nobody ever sent");
        }
        return status;
    }

    /** The master passes an acknowledgement on. */
    void acknowledged(ByteString uuid) {
        outstanding.remove(uuid);
    }

    /** Updates that wait for their acknowledgement, of agents that are still there. */
    List<String> unacknowledged() {
        List<AgentID> present = stage.agents();
        return outstanding.values().stream()
                .filter(update -> present.contains(update.agent()))
                .map(Outstanding::task)
                .toList();
    }

    static TaskId task(TaskStatus status) {
        return new TaskId(status.getTaskId().getValue());
    }

    static String shown(Event event) {
        return switch (event.getType()) {
            case UPDATE -> {
                TaskStatus status = event.getUpdate().getStatus();
                yield "UPDATE " + status.getTaskId().getValue() + " " + status.getState()
                        + (status.hasHealthy() ? " healthy=" + status.getHealthy() : "")
                        + (status.hasUuid() ? "" : " (" + status.getReason() + ")");
            }
            case OFFERS ->
                "OFFERS "
                        + event.getOffers().getOffersList().stream()
                                .map(offer -> offer.getHostname())
                                .collect(Collectors.joining(","));
            default -> event.getType().name();
        };
    }
}
