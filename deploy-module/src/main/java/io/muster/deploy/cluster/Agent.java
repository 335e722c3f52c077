package io.muster.deploy.cluster;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance runs.
 *
 * @param attributes by name, each in the text form that constraints compare
 */
public record Agent(
        String id,
        String hostname,
        @Nullable String region,
        @Nullable String zone,
        Map<String, String> attributes) {

    public Agent {
        attributes = Map.copyOf(attributes);
    }

    /** One without attributes. */
    public Agent(String id, String hostname, @Nullable String region, @Nullable String zone) {
        this(id, hostname, region, zone, Map.of());
    }

    /** What a constraint on this field compares; empty where the agent has none (Marathon, Constraints.scala). */
    public Optional<String> field(String name) {
        return switch (name) {
            case "hostname", "@hostname" -> Optional.of(hostname);
            case "@region" -> Optional.ofNullable(region);
            case "@zone" -> Optional.ofNullable(zone);
            default -> Optional.ofNullable(attributes.get(name));
        };
    }
}
