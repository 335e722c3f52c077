package io.muster.deploy.groups;

import io.muster.deploy.application.PodStatuses;
import io.muster.deploy.application.PodStatuses.Kind;
import io.muster.deploy.application.PodStatuses.View;
import io.muster.history.PodId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statuses of many pods in a given order, read some at a time, so that no more than these are in memory. */
final class StatusesAhead {

    private static final int AT_A_TIME = 100;

    private final PodStatuses statuses;
    private final List<PodId> order;
    private final Map<PodId, View> read = new HashMap<>();
    private int next;

    StatusesAhead(PodStatuses statuses, List<PodId> order) {
        this.statuses = statuses;
        this.order = List.copyOf(order);
    }

    /** That of the pod that is next in the order; empty if it is gone. */
    Optional<View> next() {
        if (next % AT_A_TIME == 0) {
            read.clear();
            List<PodId> some = order.subList(next, Math.min(order.size(), next + AT_A_TIME));
            statuses.of(some, Kind.EXPOSED).forEach(view -> read.put(view.spec().id(), view));
        }
        return Optional.ofNullable(read.remove(order.get(next++)));
    }
}
