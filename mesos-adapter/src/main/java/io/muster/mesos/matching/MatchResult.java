package io.muster.mesos.matching;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Matching;
import java.util.Collections;
import java.util.Map;

/**
 * What was found, for the engine, and what each placed instance uses of its offer.
 *
 * @param allocations one for each placement; not copied, since there may be many
 */
public record MatchResult(Matching matching, Map<InstanceId, Allocation> allocations) {

    public MatchResult {
        allocations = Collections.unmodifiableMap(allocations);
    }
}
