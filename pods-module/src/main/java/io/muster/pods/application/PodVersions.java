package io.muster.pods.application;

import io.muster.history.History;
import io.muster.history.History.VersionKey;
import io.muster.history.NewVersion;
import io.muster.history.PodId;
import io.muster.history.StoredVersion;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.PodDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Definitions to and from the history, which keeps them as text. */
@Component
class PodVersions {

    private final History history;

    PodVersions(History history) {
        this.history = history;
    }

    VersionedPod append(PodDefinition definition, int life, Optional<String> who) {
        String configHash = PodJson.configHash(definition);
        Version version =
                history.append(new NewVersion(definition.id(), life, configHash, PodJson.store(definition), who));
        return new VersionedPod(version, definition, configHash);
    }

    Optional<VersionedPod> find(PodId id, Version version) {
        return history.find(id, version).map(PodVersions::toPod);
    }

    /** @throws IllegalStateException if there is none: rows of pods point to versions that exist */
    VersionedPod get(PodId id, Version version) {
        return find(id, version).orElseThrow(() -> missing(new VersionKey(id, version)));
    }

    /** All of them, by one query. */
    Map<VersionKey, VersionedPod> get(Collection<VersionKey> keys) {
        return history.findAll(keys).stream()
                .collect(Collectors.toMap(stored -> new VersionKey(stored.id(), stored.version()), PodVersions::toPod));
    }

    static IllegalStateException missing(VersionKey key) {
        return new IllegalStateException("no version " + key.version() + " of " + key.id() + " is stored");
    }

    private static VersionedPod toPod(StoredVersion stored) {
        return new VersionedPod(stored.version(), PodJson.restore(stored.definition()), stored.configHash());
    }
}
