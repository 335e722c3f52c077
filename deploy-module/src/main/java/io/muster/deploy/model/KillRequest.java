package io.muster.deploy.model;

import io.muster.deploy.cluster.InstanceId;
import io.muster.history.PodId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user wants this instance ended. Its pod wants as many instances as before, so that another one takes its place.
 *
 * @param wipe whether storage that would outlive the instance shall go with it
 * @param who asked for it; absent where users have no names
 */
public record KillRequest(
        PodId pod,
        InstanceId instance,
        boolean wipe,
        Instant requestedAt,
        @Nullable String who) {}
