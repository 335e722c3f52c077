package io.muster.pods.application;

import static java.util.stream.Collectors.toSet;

import io.muster.history.History;
import io.muster.history.History.VersionKey;
import io.muster.history.NewVersion;
import io.muster.history.PodId;
import io.muster.history.StoredVersion;
import io.muster.history.Version;
import io.muster.pods.PurgedVersionException;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.PodDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Definitions to and from the history, which keeps them as text. What was read lately is kept: a version never changes,
 * so that every replica may remember it. Which version counts is never remembered here, nor whether it was purged: what is
 * shown, or runs, cannot be purged, and of others the row is asked.
 */
@Component
class PodVersions {

    /**
     * Of stored text, in characters. As objects a small definition takes about ten times as much: some 80 MiB in all,
     * for 10,000 pods of 800 characters.
     */
    private static final long REMEMBERED = 8L << 20;

    private record Remembered(VersionedPod pod, int length) {}

    private final History history;
    private final BoundedCache<VersionKey, Remembered> lately = new BoundedCache<>(REMEMBERED, Remembered::length);

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
        var key = new VersionKey(id, version);
        Optional<VersionedPod> remembered = lately.find(key).map(Remembered::pod);
        if (remembered.isPresent()) {
            return remembered;
        }
        Optional<Remembered> stored = history.find(id, version).map(PodVersions::restore);
        if (mayRemember()) {
            stored.ifPresent(found -> lately.put(key, found));
        }
        return stored.map(Remembered::pod);
    }

    /**
     * One that somebody names. Its row is read each time, since another replica may have purged it; what was made of the
     * definition need not be made again.
     *
     * @throws PurgedVersionException if its definition is gone
     */
    Optional<VersionedPod> named(PodId id, Version version) {
        return history.find(id, version).map(this::kept);
    }

    private VersionedPod kept(StoredVersion stored) {
        stored.tombstone().ifPresent(tombstone -> {
            throw new PurgedVersionException(stored, tombstone);
        });
        var key = new VersionKey(stored.id(), stored.version());
        return lately.find(key).map(Remembered::pod).orElseGet(() -> {
            Remembered restored = restore(stored);
            if (mayRemember()) {
                lately.put(key, restored);
            }
            return restored.pod();
        });
    }

    /** Of these versions of a pod those whose definition is gone. */
    Set<Version> purged(PodId id, Collection<Version> versions) {
        return history
                .findAll(versions.stream()
                        .map(version -> new VersionKey(id, version))
                        .toList())
                .stream()
                .filter(stored -> stored.tombstone().isPresent())
                .map(StoredVersion::version)
                .collect(toSet());
    }

    /** @throws IllegalStateException if there is none: rows of pods point to versions that exist */
    VersionedPod get(PodId id, Version version) {
        return find(id, version).orElseThrow(() -> missing(new VersionKey(id, version)));
    }

    /**
     * All of them; by one query at most, for those that are not remembered.
     *
     * @throws IllegalStateException if there is no such version
     */
    Map<VersionKey, VersionedPod> get(Collection<VersionKey> keys) {
        Map<VersionKey, VersionedPod> found = find(keys);
        keys.stream().filter(key -> !found.containsKey(key)).findFirst().ifPresent(key -> {
            throw missing(key);
        });
        return found;
    }

    /** Those that exist and were not purged; by one query at most, for those that are not remembered. */
    Map<VersionKey, VersionedPod> find(Collection<VersionKey> keys) {
        Map<VersionKey, VersionedPod> found = new HashMap<>();
        Set<VersionKey> unread = new LinkedHashSet<>();
        for (VersionKey key : keys) {
            lately.find(key).ifPresentOrElse(remembered -> found.put(key, remembered.pod()), () -> unread.add(key));
        }
        boolean mayRemember = mayRemember();
        for (StoredVersion stored : history.findAll(unread)) {
            var key = new VersionKey(stored.id(), stored.version());
            if (stored.tombstone().isPresent()) {
                continue;
            }
            Remembered restored = restore(stored);
            if (mayRemember) {
                lately.putIfRoom(key, restored);
            }
            found.put(key, restored.pod());
        }
        return found;
    }

    /** What a transaction sees that writes may be its own, and be gone with it. */
    private static boolean mayRemember() {
        return !TransactionSynchronizationManager.isActualTransactionActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    }

    private static IllegalStateException missing(VersionKey key) {
        return new IllegalStateException("no version " + key.version() + " of " + key.id() + " is stored");
    }

    private static Remembered restore(StoredVersion stored) {
        String text = stored.definition()
                .orElseThrow(() -> new IllegalStateException(
                        "version " + stored.version() + " of " + stored.id() + " was purged while it was in use"));
        return new Remembered(
                new VersionedPod(stored.version(), PodJson.restore(text), stored.configHash()), text.length());
    }
}
