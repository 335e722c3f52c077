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
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    public void expose(List<Exposure> exposures) {
        Map<PodId, PodState> living =
                lockLiving(exposures.stream().map(Exposure::pod).toList());
        store.save(exposures.stream()
                .map(exposure -> state(living, exposure.pod()).exposing(exposure.version()))
                .toList());
        history.append(exposures.stream()
                .map(exposure -> audit(
                        state(living, exposure.pod()),
                        Happening.EXPOSED,
                        Optional.of(exposure.version()),
                        exposure.deployment()))
                .toList());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void bury(List<Burial> burials) {
        if (burials.isEmpty()) {
            return;
        }
        Map<PodId, PodState> living =
                lockLiving(burials.stream().map(Burial::pod).toList());
        Instant now = store.now();
        store.save(burials.stream()
                .map(burial -> state(living, burial.pod()).buried(now))
                .toList());
        history.append(burials.stream()
                .map(burial ->
                        audit(state(living, burial.pod()), Happening.DELETED, Optional.empty(), burial.deployment()))
                .toList());
    }

    private Map<PodId, PodState> lockLiving(List<PodId> pods) {
        return store.lock(pods).stream()
                .filter(PodState::present)
                .collect(Collectors.toMap(PodState::id, Function.identity()));
    }

    private static PodState state(Map<PodId, PodState> living, PodId pod) {
        PodState state = living.get(pod);
        if (state == null) {
            throw new IllegalStateException("pod " + pod + " has no life that could be changed");
        }
        return state;
    }

    private static NewAuditEntry audit(PodState pod, Happening what, Optional<Version> version, UUID deployment) {
        return new NewAuditEntry(pod.id(), pod.life(), what, version, Optional.of(deployment), Optional.empty());
    }
}
