package io.muster.pods;

import java.io.Serial;
import java.util.List;
import java.util.UUID;

/** A deployment of the pod runs, and the request did not say {@code force=true}. */
public final class PodLockedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<UUID> deployments;

    /**
     * Refuses a change of a pod that others hold.
     *
     * @param deployments those that hold the pod; never empty
     */
    public PodLockedException(List<UUID> deployments) {
        super("locked by " + deployments);
        this.deployments = List.copyOf(deployments);
    }

    public List<UUID> deployments() {
        return deployments;
    }
}
