package io.muster.localmesos.master;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Mesos takes as the name of a role. */
final class RoleNames {
    private static final Pattern UNPRINTABLE = Pattern.compile(".*[\\s\\\\\\x7f\\x08].*", Pattern.DOTALL);

    private RoleNames() {}

    /** The objection to a name, in Mesos' words; empty if it is valid. */
    static Optional<String> objection(String role) {
        if (role.equals("*")) {
            return Optional.empty();
        }
        if (role.isEmpty()) {
            return Optional.of("Empty role name is invalid");
        }
        if (role.startsWith("/")) {
            return Optional.of("Role '" + role + "' cannot start with a slash");
        }
        if (role.endsWith("/")) {
            return Optional.of("Role '" + role + "' cannot end with a slash");
        }
        for (String part : role.split("/", -1)) {
            if (part.isEmpty()) {
                return Optional.of("Role '" + role + "' cannot contain two adjacent slashes");
            }
            if (List.of(".", "..", "*").contains(part)) {
                return Optional.of("Role '" + role + "' cannot include '" + part + "' as a component");
            }
            if (part.startsWith("-")) {
                return Optional.of("Role component '" + part + "' is invalid because it begins with a dash");
            }
            if (UNPRINTABLE.matcher(part).matches()) {
                return Optional.of("Role component '" + part + "' contains invalid characters");
            }
        }
        return Optional.empty();
    }
}
