package io.muster.mesos.matching;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all matching.
 *
 * @param defaultRoles whose resources a pod uses that names no roles; {@code *} stands for unreserved ones
 * @param maxInstancesPerOffer how many instances one offer may carry; positive
 * @param localRegion that of the master; null where it has none
 */
public record MatchSettings(
        Set<String> defaultRoles,
        int maxInstancesPerOffer,
        @Nullable String localRegion) {

    public MatchSettings {
        defaultRoles = Set.copyOf(defaultRoles);
    }

    /** Under a master without a region. */
    public MatchSettings(Set<String> defaultRoles, int maxInstancesPerOffer) {
        this(defaultRoles, maxInstancesPerOffer, null);
    }

    /** The same under a master in this region. */
    public MatchSettings in(@Nullable String region) {
        return new MatchSettings(defaultRoles, maxInstancesPerOffer, region);
    }
}
