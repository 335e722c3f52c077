package io.muster.deploy.model;

import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One accepted change on its way.
 *
 * @param target absent for a delete
 */
public record Deployment(
        UUID id, PodId pod, Kind kind, @Nullable Version target, DeploymentState state, Instant createdAt) {

    /** What the change does. */
    public enum Kind {
        CREATE,
        /** The configuration differs: instances are replaced. */
        UPDATE,
        /** Only the count, or what replaces no instance, differs. */
        SCALE,
        DELETE,
        /** Nothing differs: ended when accepted. */
        NOTHING
    }

    Deployment in(DeploymentState next) {
        return new Deployment(id, pod, kind, target, next, createdAt);
    }
}
