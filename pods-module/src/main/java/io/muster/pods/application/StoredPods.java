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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    @Override
    @Transactional(readOnly = true)
    public Optional<Pod> find(PodId id) {
        return store.find(id)
                .filter(PodState::present)
                .map(state -> toPods(List.of(state)).getFirst());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Pod> find(Collection<PodId> ids) {
        return toPods(store.present(ids));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Pod> list() {
        return toPods(store.present());
    }

    @Override
    @Transactional(readOnly = true)
    public List<Pod> page(Optional<PodId> after, int limit) {
        return toPods(store.present(after, limit));
    }

    /** Versions never change, so that reading them after the states gives one consistent picture. */
    private List<Pod> toPods(List<PodState> states) {
        Set<VersionKey> keys = new HashSet<>();
        for (PodState state : states) {
            keys.add(new VersionKey(state.id(), state.target()));
            state.exposed().ifPresent(exposed -> keys.add(new VersionKey(state.id(), exposed)));
        }
        Map<VersionKey, VersionedPod> found = versions.get(keys);
        return states.stream().map(state -> toPod(state, found)).toList();
    }

    private Pod toPod(PodState state, Map<VersionKey, VersionedPod> found) {
        VersionedPod target = demand(found, state.id(), state.target());
        Optional<VersionedPod> exposed = state.exposed().map(version -> demand(found, state.id(), version));
        VersionedPod shown = switch (settings.exposure()) {
            case AFTER_DEPLOYMENT -> exposed.orElse(target);
            case ON_ACCEPT -> target;
        };
        return new Pod(shown, exposed, target);
    }

    private static VersionedPod demand(Map<VersionKey, VersionedPod> found, PodId id, Version version) {
        var key = new VersionKey(id, version);
        VersionedPod pod = found.get(key);
        if (pod == null) {
            throw PodVersions.missing(key);
        }
        return pod;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<VersionedPod> version(PodId id, Version version) {
        return versions.find(id, version);
    }

    @Override
    @Transactional(readOnly = true)
    public List<VersionedPod> versions(Collection<VersionKey> keys) {
        return List.copyOf(versions.get(keys).values());
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
