package io.muster.localmesos.master;

import com.google.protobuf.ByteString;
import io.muster.localmesos.resources.Conversion;
import io.muster.localmesos.resources.Conversion.RefusedException;
import io.muster.localmesos.resources.Resources;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.OperationID;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reservations and volumes: made of offered resources, and told of to frameworks that gave the operation an id. Unlike
 * those of tasks, statuses of operations are sent once. On the loop.
 */
final class Operations {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    private final MasterState state;
    private final Supplier<UUID> ids;
    private final Map<Key, OperationStatus> unacknowledged = new HashMap<>();

    private record Key(FrameworkID framework, OperationID operation) {}

    Operations(MasterState state, Supplier<UUID> ids) {
        this.state = state;
        this.ids = ids;
    }

    /** Does what the operation says, or refuses it; returns what is available then. */
    Resources apply(Framework framework, KnownAgent agent, String role, Resources available, Operation operation) {
        Conversion conversion;
        try {
            conversion = Conversion.of(operation, available, role);
        } catch (RefusedException e) {
            log.info("An operation of {} was refused: {}", framework.id().getValue(), e.getMessage());
            if (operation.hasId()) {
                String where = "; on agent " + agent.id().getValue() + " at slave(1)@127.0.0.1:5051 ("
                        + agent.info().getHostname() + ")";
                tell(
                        framework,
                        OperationStatus.newBuilder()
                                .setOperationId(operation.getId())
                                .setState(OperationState.OPERATION_ERROR)
                                .setMessage(e.getMessage() + where)
                                .build());
            }
            return available;
        }
        state.offers().convert(agent.id(), conversion);
        agent.link().toAgent(to -> to.apply(conversion));
        if (operation.hasId()) {
            UUID uuid = ids.get();
            var bytes = ByteBuffer.allocate(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .flip();
            OperationStatus status = OperationStatus.newBuilder()
                    .setOperationId(operation.getId())
                    .setState(OperationState.OPERATION_FINISHED)
                    .setUuid(org.apache.mesos.v1.Protos.UUID.newBuilder().setValue(ByteString.copyFrom(bytes)))
                    .setAgentId(agent.id())
                    .build();
            unacknowledged.put(new Key(framework.id(), operation.getId()), status);
            tell(framework, status);
        }
        return available.minus(conversion.consumed()).plus(conversion.converted());
    }

    /** The operation is over for the framework: nobody asks for it any more. */
    void acknowledge(Framework framework, Call.AcknowledgeOperationStatus acknowledged) {
        unacknowledged.remove(new Key(framework.id(), acknowledged.getOperationId()));
    }

    /** Says what is known of the operations asked for, of all if none is named. */
    void reconcile(Framework framework, List<Call.ReconcileOperations.Operation> asked) {
        if (asked.isEmpty()) {
            unacknowledged.forEach((key, status) -> {
                if (key.framework().equals(framework.id())) {
                    tell(framework, status.toBuilder().clearUuid().build());
                }
            });
        }
        for (Call.ReconcileOperations.Operation operation : asked) {
            OperationStatus known = unacknowledged.get(new Key(framework.id(), operation.getOperationId()));
            tell(framework, known != null ? known.toBuilder().clearUuid().build() : unknown(operation));
        }
    }

    private OperationStatus unknown(Call.ReconcileOperations.Operation operation) {
        Optional<AgentID> agent = operation.hasAgentId() ? Optional.of(operation.getAgentId()) : Optional.empty();
        var status = OperationStatus.newBuilder().setOperationId(operation.getOperationId());
        agent.ifPresent(status::setAgentId);
        if (agent.isEmpty()) {
            return status.setState(OperationState.OPERATION_UNKNOWN)
                    .setMessage("Reconciliation: Operation is unknown and no 'agent_id' was provided")
                    .build();
        }
        if (state.registry().unreachableSince(agent.get()).isPresent()) {
            return status.setState(OperationState.OPERATION_UNREACHABLE)
                    .setMessage("Reconciliation: Agent is unreachable")
                    .build();
        }
        if (state.registry().isGone(agent.get())) {
            return status.setState(OperationState.OPERATION_GONE_BY_OPERATOR)
                    .setMessage("Reconciliation: Agent marked gone by operator")
                    .build();
        }
        return status.setState(OperationState.OPERATION_UNKNOWN)
                .setMessage("Reconciliation: Operation is unknown")
                .build();
    }

    private static void tell(Framework framework, OperationStatus status) {
        framework.send(Event.newBuilder()
                .setType(Event.Type.UPDATE_OPERATION_STATUS)
                .setUpdateOperationStatus(
                        Event.UpdateOperationStatus.newBuilder().setStatus(status))
                .build());
    }
}
