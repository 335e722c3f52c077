package io.muster.deploy.cluster;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An offer that did not suit, as it was when it was refused.
 *
 * @param reason the first one, in the order of the funnel
 * @param resources in the order of the offer
 * @param attributes of its agent, in their order
 */
public record UnusedOffer(
        String id,
        String hostname,
        String agentId,
        Refusal reason,
        List<Resource> resources,
        List<Attribute> attributes) {

    public UnusedOffer {
        resources = List.copyOf(resources);
        attributes = List.copyOf(attributes);
    }

    /**
     * A resource.
     *
     * @param role {@code *} where it is reserved for none
     */
    public record Resource(String name, String role, Value value) {}

    /** What an operator says of an agent. */
    public record Attribute(String name, Value value) {}

    /**
     * A value of Mesos: exactly one member is there.
     *
     * @param ranges null or not empty
     */
    public record Value(
            @Nullable BigDecimal scalar,
            @Nullable List<Range> ranges,
            @Nullable List<String> set,
            @Nullable String text) {

        public static Value scalar(BigDecimal amount) {
            return new Value(amount, null, null, null);
        }

        public static Value ranges(List<Range> ranges) {
            return new Value(null, List.copyOf(ranges), null, null);
        }

        public static Value set(List<String> items) {
            return new Value(null, null, List.copyOf(items), null);
        }

        public static Value text(String text) {
            return new Value(null, null, null, text);
        }
    }

    /** Both ends belong to it. */
    public record Range(long begin, long end) {}
}
