package io.muster.mesos.matching;

import java.util.Set;

/**
 * What an operator chooses for all matching.
 *
 * @param defaultRoles whose resources a pod uses that names no roles; {@code *} stands for unreserved ones
 * @param maxInstancesPerOffer how many instances one offer may carry; positive
 */
public record MatchSettings(Set<String> defaultRoles, int maxInstancesPerOffer) {

    public MatchSettings {
        defaultRoles = Set.copyOf(defaultRoles);
    }
}
