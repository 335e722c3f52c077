package io.muster.pods;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.model.PodDefinition;

/**
 * An accepted definition with the version it got.
 *
 * @param configHash hex digest of everything but what replaces no instance; equal for two versions whose instances need
 *     not be replaced for one another
 */
public record VersionedPod(Version version, PodDefinition definition, String configHash) {

    public PodId id() {
        return definition.id();
    }
}
