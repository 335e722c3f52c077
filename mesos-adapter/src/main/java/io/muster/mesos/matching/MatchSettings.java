package io.muster.mesos.matching;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all matching.
 *
 * @param defaultRoles whose resources a pod uses that names no roles; {@code *} stands for unreserved ones
 * @param localRegion that of the master; null where it has none
 */
public record MatchSettings(
        Set<String> defaultRoles,
        MatchPolicy policy,
        @Nullable String localRegion) {

    public MatchSettings {
        defaultRoles = Set.copyOf(defaultRoles);
    }

    /** Under a master without a region. */
    public MatchSettings(Set<String> defaultRoles, MatchPolicy policy) {
        this(defaultRoles, policy, null);
    }

    /** The same under a master in this region. */
    public MatchSettings in(@Nullable String region) {
        return new MatchSettings(defaultRoles, policy, region);
    }

    /**
     * Whose resources Mesos offers to a role: its own, those of the roles above it, and unreserved ones (Mesos,
     * {@code Resources::isAllocatableTo}).
     */
    public static Set<String> rolesOfferedTo(String role) {
        Set<String> roles = new HashSet<>();
        roles.add("*");
        roles.add(role);
        for (int end = role.lastIndexOf('/'); end > 0; end = role.lastIndexOf('/', end - 1)) {
            roles.add(role.substring(0, end));
        }
        return roles;
    }
}
