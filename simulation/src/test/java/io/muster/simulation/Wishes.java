package io.muster.simulation;

import io.muster.deploy.engine.InMemoryStore;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What must come of all that users did: kept from what they did alone, not from what the engine made of it. */
final class Wishes {

    private final InMemoryStore journal;
    private final Map<PodId, Wish> wishes = new LinkedHashMap<>();
    /** What each deployment is undone to; empty for the end of the pod. */
    private final Map<UUID, Optional<VersionedPod>> originals = new HashMap<>();

    /**
     * What shall become of one pod.
     *
     * @param exact whether the instances must all be of the configuration of the target
     */
    record Wish(VersionedPod target, boolean exact) {}

    Wishes(InMemoryStore journal) {
        this.journal = journal;
    }

    /** A change is about to be accepted; for a delete the target is what it takes away. */
    Optional<VersionedPod> original(Kind kind, VersionedPod target) {
        return switch (kind) {
            case CREATE -> Optional.empty();
            case UPDATE, SCALE -> journal.exposed(target.id());
            case RESTART, DELETE, NOTHING -> Optional.of(target);
        };
    }

    /** A change was accepted. */
    void accepted(UUID deployment, Kind kind, VersionedPod target, Optional<VersionedPod> original) {
        originals.put(deployment, original);
        if (kind == Kind.DELETE) {
            wishes.remove(target.id());
        } else {
            wishes.put(target.id(), new Wish(target, true));
        }
    }

    /** A deployment stopped where it was; a delete has come to nothing. */
    void cancelled(Deployment deployment) {
        PodId pod = deployment.pod();
        VersionedPod stays = deployment.kind() == Kind.DELETE
                ? Objects.requireNonNull(originals.get(deployment.id())).orElseThrow()
                : Objects.requireNonNull(wishes.get(pod)).target();
        wishes.put(pod, new Wish(stays, false));
    }

    /** Another deployment brings back what was before this one; a user wanted that, or the engine gave it up. */
    void undone(Deployment deployment) {
        PodId pod = deployment.pod();
        UUID by = journal.running(pod).orElseThrow().id();
        Optional<VersionedPod> back = Objects.requireNonNull(originals.get(deployment.id()));
        if (back.isEmpty()) {
            VersionedPod last =
                    journal.exposed(pod).or(() -> journal.target(pod)).orElseThrow();
            accepted(by, Kind.DELETE, last, Optional.of(last));
            return;
        }
        VersionedPod content = back.get();
        // It may come back as a new version.
        VersionedPod target = new VersionedPod(
                journal.target(pod).orElseThrow().version(), content.definition(), content.configHash());
        accepted(by, Kind.UPDATE, target, journal.exposed(pod));
    }

    /** Of each pod that shall be there. */
    Map<PodId, Wish> all() {
        return wishes;
    }
}
