package io.muster.pods.model;

import java.util.List;

/**
 * Where instances may run.
 *
 * @param acceptedResourceRoles empty for the default roles; without duplicates
 */
public record Placement(List<Constraint> constraints, List<String> acceptedResourceRoles) {

    public Placement {
        constraints = List.copyOf(constraints);
        acceptedResourceRoles = List.copyOf(acceptedResourceRoles);
    }
}
