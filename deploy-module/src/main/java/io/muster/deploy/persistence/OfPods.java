package io.muster.deploy.persistence;

import io.muster.history.PodId;
import java.util.Collection;

/**
 * The condition that rows belong to some pods. One pod gets an equality, whose plan PostgreSQL keeps; a list of unknown
 * length it plans anew each time, which takes longer than to read the rows of a pod.
 *
 * @param condition with one placeholder
 */
record OfPods(String condition, Object argument) {

    static OfPods in(String column, Collection<PodId> pods) {
        return pods.size() == 1
                ? new OfPods(column + " = ?", pods.iterator().next().text())
                : new OfPods(
                        column + " = any (?)", pods.stream().map(PodId::text).toArray(String[]::new));
    }
}
