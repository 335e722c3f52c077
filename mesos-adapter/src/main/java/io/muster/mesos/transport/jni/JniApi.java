package io.muster.mesos.transport.jni;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** The two ways in which the library speaks to masters; both take the messages of v1. */
public enum JniApi {
    /** The scheduler API over HTTP. */
    V1,

    /**
     * The messages of the older scheduler driver, for masters without the API. It knows fewer calls and events, and no
     * agents in KILL and RECONCILE; its heartbeats are the library's own.
     */
    V0;

    private static final Set<Call.Type> CARRIED_BY_V0 = Collections.unmodifiableSet(EnumSet.of(
            Call.Type.SUBSCRIBE,
            Call.Type.TEARDOWN,
            Call.Type.ACCEPT,
            Call.Type.DECLINE,
            Call.Type.REVIVE,
            Call.Type.SUPPRESS,
            Call.Type.KILL,
            Call.Type.ACKNOWLEDGE,
            Call.Type.RECONCILE,
            Call.Type.MESSAGE,
            Call.Type.REQUEST));

    /**
     * Whether the library can send such calls. Of the others it loses some, and some make it end the process: V0 does
     * at a type that it does not know, V1 when RECONCILE_OPERATIONS is answered.
     */
    boolean carries(Call.Type type) {
        return switch (this) {
            case V1 -> type != Call.Type.UNKNOWN && type != Call.Type.RECONCILE_OPERATIONS;
            case V0 -> CARRIED_BY_V0.contains(type);
        };
    }

    /** The call in a form that this API can carry: for V0 an operation with an id would end the process. */
    Call prepare(Call call) {
        boolean plain =
                this == V1 || call.getAccept().getOperationsList().stream().noneMatch(Offer.Operation::hasId);
        if (plain) {
            return call;
        }
        Call.Builder anonymous = call.toBuilder();
        anonymous.getAcceptBuilder().getOperationsBuilderList().forEach(Offer.Operation.Builder::clearId);
        return anonymous.build();
    }
}
