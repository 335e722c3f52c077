package io.muster.pods.application;

import io.muster.history.Happening;
import io.muster.history.History;
import io.muster.history.History.VersionKey;
import io.muster.history.NewAuditEntry;
import io.muster.history.NewVersion;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.PodDefinition;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts versions that another orchestrator gave into the history of a pod id. They belong to no life of the pod here, and
 * start nothing.
 */
@Service
public class ImportedVersions {

    private static final int NO_LIFE = 0;

    private final PodStore store;
    private final PodVersions versions;
    private final History history;

    ImportedVersions(PodStore store, PodVersions versions, History history) {
        this.store = store;
        this.versions = versions;
        this.history = history;
    }

    /** What becomes of one version. */
    public enum Outcome {
        /** It was not known. */
        TAKEN,
        /** It is here already, and says the same. */
        KNOWN,
        /** Another definition is stored under this version; it stays. */
        CONFLICTING,
        /** Its definition was purged here, and is not brought back. */
        PURGED,
        /** It lies in the future, where it would push all versions that are yet to come. */
        IN_THE_FUTURE
    }

    /** What {@link #take} would answer now. */
    @Transactional(readOnly = true)
    public SortedMap<Version, Outcome> preview(PodId id, SortedMap<Version, PodDefinition> found) {
        Map<VersionKey, VersionedPod> stored = versions.find(found.keySet().stream()
                .map(version -> new VersionKey(id, version))
                .toList());
        Set<Version> purged = versions.purged(id, found.keySet());
        Instant now = store.now();
        var outcomes = new TreeMap<Version, Outcome>();
        found.forEach((version, definition) -> outcomes.put(
                version,
                purged.contains(version)
                        ? Outcome.PURGED
                        : outcome(
                                version,
                                definition,
                                Optional.ofNullable(stored.get(new VersionKey(id, version))),
                                now)));
        return outcomes;
    }

    private static Outcome outcome(
            Version version, PodDefinition definition, Optional<VersionedPod> stored, Instant now) {
        if (stored.isPresent()) {
            return PodJson.same(stored.get().definition(), definition) ? Outcome.KNOWN : Outcome.CONFLICTING;
        }
        return version.instant().isAfter(now) ? Outcome.IN_THE_FUTURE : Outcome.TAKEN;
    }

    /**
     * Stores the versions that are new, all of them or, if it fails, none. Can be repeated.
     *
     * @param who the name of the authenticated user
     */
    @Transactional
    public SortedMap<Version, Outcome> take(PodId id, SortedMap<Version, PodDefinition> found, Optional<String> who) {
        store.lockOrCreate(id);
        SortedMap<Version, Outcome> outcomes = preview(id, found);
        outcomes.forEach((version, outcome) -> {
            if (outcome == Outcome.TAKEN) {
                PodDefinition definition = Objects.requireNonNull(found.get(version));
                history.appendImported(
                        version,
                        new NewVersion(id, NO_LIFE, PodJson.configHash(definition), PodJson.store(definition), who));
                history.append(new NewAuditEntry(
                        id, NO_LIFE, Happening.IMPORTED, Optional.of(version), Optional.empty(), who));
            }
        });
        return outcomes;
    }
}
