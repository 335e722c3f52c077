package io.muster.mesos.launch;

import io.muster.pods.model.ResourceLimit;
import io.muster.pods.model.ResourceLimits;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.mesos.v1.Protos.Value;
import org.jspecify.annotations.Nullable;

/** What a task may use at most. */
final class LimitMessages {

    private LimitMessages() {}

    /** By the name of the resource. Mesos takes infinity as unlimited. */
    static Map<String, Value.Scalar> of(ResourceLimits limits) {
        Map<String, Value.Scalar> messages = new LinkedHashMap<>();
        put(messages, "cpus", limits.cpus());
        put(messages, "mem", limits.mem());
        return messages;
    }

    private static void put(Map<String, Value.Scalar> messages, String name, @Nullable ResourceLimit limit) {
        if (limit != null) {
            double most = switch (limit) {
                case ResourceLimit.Unlimited unlimited -> Double.POSITIVE_INFINITY;
                case ResourceLimit.Amount(var amount) -> amount.doubleValue();
            };
            messages.put(name, Value.Scalar.newBuilder().setValue(most).build());
        }
    }
}
