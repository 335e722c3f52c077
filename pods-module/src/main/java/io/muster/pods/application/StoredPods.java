package io.muster.pods.application;

import io.muster.history.Happening;
import io.muster.history.History;
import io.muster.history.History.VersionKey;
import io.muster.history.NewAuditEntry;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.PodsSettings;
import io.muster.pods.VersionedPod;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
class StoredPods implements Pods {

    private final PodStore store;
    private final PodVersions versions;
    private final History history;
    private final PodsSettings settings;

    StoredPods(PodStore store, PodVersions versions, History history, PodsSettings settings) {
        this.store = store;
        this.versions = versions;
        this.history = history;
        this.settings = settings;
    }

    /** By one statement, which needs no transaction of its own. Versions never change, so reading them later is safe. */
    @Override
    public Optional<Pod> find(PodId id) {
        return store.find(id).filter(PodState::present).map(state -> {
            VersionedPod target = versions.get(id, state.target());
            return toPod(state, target, state.exposed().map(version -> versions.get(id, version)));
        });
    }

    @Override
    public List<Pod> find(Collection<PodId> ids) {
        return toPods(store.present(ids));
    }

    @Override
    public List<Pod> list() {
        return toPods(store.present());
    }

    @Override
    public List<Pod> page(Optional<PodId> after, int limit) {
        return toPods(store.present(after, limit));
    }

    private List<Pod> toPods(List<PodState> states) {
        Set<VersionKey> keys = new LinkedHashSet<>();
        for (PodState state : states) {
            keys.add(new VersionKey(state.id(), state.target()));
            state.exposed().ifPresent(exposed -> keys.add(new VersionKey(state.id(), exposed)));
        }
        Map<VersionKey, VersionedPod> found = versions.get(keys);
        return states.stream()
                .map(state -> toPod(
                        state,
                        get(found, state.id(), state.target()),
                        state.exposed().map(version -> get(found, state.id(), version))))
                .toList();
    }

    /** {@link PodVersions#get(java.util.Collection)} found all that was asked for. */
    private static VersionedPod get(Map<VersionKey, VersionedPod> found, PodId id, Version version) {
        return Objects.requireNonNull(found.get(new VersionKey(id, version)));
    }

    private Pod toPod(PodState state, VersionedPod target, Optional<VersionedPod> exposed) {
        VersionedPod shown = shown(state).equals(target.version()) ? target : exposed.orElse(target);
        return new Pod(shown, exposed, target);
    }

    private Version shown(PodState state) {
        return switch (settings.exposure()) {
            case AFTER_DEPLOYMENT -> state.exposed().orElse(state.target());
            case ON_ACCEPT -> state.target();
        };
    }

    @Override
    public List<VersionKey> shown(Optional<PodId> after, int limit) {
        return keys(store.present(after, limit));
    }

    @Override
    public List<VersionKey> shownBelow(Optional<PodId> group) {
        return keys(store.presentBelow(group));
    }

    private List<VersionKey> keys(List<PodState> states) {
        return states.stream()
                .map(state -> new VersionKey(state.id(), shown(state)))
                .toList();
    }

    @Override
    public Optional<VersionedPod> version(PodId id, Version version) {
        return versions.named(id, version);
    }

    @Override
    public List<VersionedPod> versions(List<VersionKey> keys) {
        Map<VersionKey, VersionedPod> found = versions.get(keys);
        return keys.stream().map(key -> get(found, key.id(), key.version())).toList();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void expose(PodId id, Version version, UUID deployment) {
        PodState state = lockLiving(id);
        store.save(state.exposing(version));
        history.append(new NewAuditEntry(
                id, state.life(), Happening.EXPOSED, Optional.of(version), Optional.of(deployment), Optional.empty()));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void bury(PodId id, UUID deployment) {
        PodState state = lockLiving(id);
        store.save(state.buried(store.now()));
        history.append(new NewAuditEntry(
                id, state.life(), Happening.DELETED, Optional.empty(), Optional.of(deployment), Optional.empty()));
    }

    private PodState lockLiving(PodId id) {
        return store.lock(id)
                .filter(PodState::present)
                .orElseThrow(() -> new IllegalStateException("pod " + id + " has no life that could be changed"));
    }
}
