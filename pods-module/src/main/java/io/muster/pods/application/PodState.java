package io.muster.pods.application;

import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of a pod id besides its history.
 *
 * @param life how many times it was created; 0 for an id that is used for the first time
 * @param present whether its present life goes on
 * @param exposed what queries show; absent in the first deployment of a life
 * @param target what was accepted last; of no meaning while there is no life
 * @param deletedAt when a delete was accepted; absent while none was, or after another change was forced over it
 */
public record PodState(
        PodId id, int life, boolean present, Optional<Version> exposed, Version target, Optional<Instant> deletedAt) {

    /** Its instances are being ended, its life is not over. */
    boolean deleting() {
        return present && deletedAt.isPresent();
    }

    PodState born(Version first) {
        return new PodState(id, life + 1, true, Optional.empty(), first, Optional.empty());
    }

    PodState aimedAt(Version newTarget) {
        return new PodState(id, life, present, exposed, newTarget, Optional.empty());
    }

    PodState exposing(Version version) {
        return new PodState(id, life, present, Optional.of(version), target, deletedAt);
    }

    PodState beingDeleted(Instant at) {
        return new PodState(id, life, present, exposed, target, Optional.of(at));
    }

    PodState buried(Instant at) {
        return new PodState(id, life, false, Optional.empty(), target, Optional.of(at));
    }
}
