package io.muster.pods.application;

import io.muster.history.History;
import io.muster.history.PodId;
import io.muster.history.StoredVersion;
import io.muster.history.StoredVersion.Tombstone;
import io.muster.history.Version;
import io.muster.pods.PurgeSettings;
import io.muster.pods.PurgedVersionException;
import io.muster.pods.Rollouts;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes definitions out of the history, which is for ever otherwise (ADR 0015). */
@Service
public class Purges {

    private final PodStore store;
    private final History history;
    private final Rollouts rollouts;
    private final PurgeSettings settings;

    Purges(PodStore store, History history, Rollouts rollouts, PurgeSettings settings) {
        this.store = store;
        this.history = history;
        this.rollouts = rollouts;
        this.settings = settings;
    }

    /**
     * Takes the definition of one version away. What is left says that there was one, and who took it, when and why.
     *
     * @return what was stored, and the tombstone that is stored in its place
     * @throws PodRefusal.PurgeForbidden unless the configuration permits it
     * @throws PodRefusal.UnknownVersion if the pod never had this version
     * @throws PurgedVersionException if it is gone already
     * @throws PodRefusal.VersionInUse while somebody needs it
     */
    @Transactional
    public Purged purge(PodId id, Version version, String reason, Optional<String> who) {
        if (!settings.purge()) {
            throw new PodRefusal.PurgeForbidden();
        }
        PodState pod = store.lock(id).orElseThrow(() -> new PodRefusal.UnknownVersion(id, version));
        StoredVersion stored = history.find(id, version).orElseThrow(() -> new PodRefusal.UnknownVersion(id, version));
        stored.tombstone().ifPresent(tombstone -> {
            throw new PurgedVersionException(stored, tombstone);
        });
        demandUnused(pod, version);
        Tombstone tombstone = history.purge(id, version, who, reason)
                .orElseThrow(() -> new IllegalStateException(
                        "version " + version + " of " + id + " was purged in spite of the lock"));
        return new Purged(stored, tombstone);
    }

    /** A version that was purged just now. */
    public record Purged(StoredVersion stored, Tombstone tombstone) {}

    /**
     * While a deployment runs, the engine may be about to store instances of a version that was forced aside. Without one
     * it makes instances of the version that is shown only, or of none.
     */
    private void demandUnused(PodState pod, Version version) {
        if (pod.present() && pod.exposed().equals(Optional.of(version))) {
            throw new PodRefusal.VersionInUse(pod.id(), version, "it is what the pod shows");
        }
        if (pod.present() && pod.target().equals(version)) {
            throw new PodRefusal.VersionInUse(pod.id(), version, "it was accepted last");
        }
        if (rollouts.holder(pod.id()).isPresent()) {
            throw new PodRefusal.VersionInUse(
                    pod.id(), version, "a deployment of the pod runs; wait until it has ended");
        }
        if (rollouts.hasInstances(pod.id(), version)) {
            throw new PodRefusal.VersionInUse(pod.id(), version, "an instance runs it; kill or replace it before");
        }
    }
}
