package io.muster.deploy.application;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.muster.deploy.model.Deployment;
import io.muster.deploy.persistence.Deployments;
import io.muster.deploy.persistence.Deployments.Stored;
import io.muster.deploy.persistence.ProgressRows;
import io.muster.deploy.persistence.ProgressRows.Progress;
import io.muster.history.History.VersionKey;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Deployments, with what their documents need to know of pods and instances. */
@Service
public class DeploymentViews {

    private final Deployments deployments;
    private final Pods pods;
    private final ProgressRows progress;

    DeploymentViews(Deployments deployments, Pods pods, ProgressRows progress) {
        this.deployments = deployments;
        this.pods = pods;
        this.progress = progress;
    }

    /**
     * One deployment.
     *
     * @param version of the target; for a delete, of what is deleted
     * @param instances how many the target wants; for a delete, how many there were to be before
     * @param progress absent for one that has ended
     */
    public record View(
            Deployment deployment,
            Version version,
            int instances,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Progress progress) {}

    /**
     * What clients see as one deployment.
     *
     * @param bundle the id of several that belong together; absent for one of its own
     * @param members ordered by pod, also those that have ended; at least one
     */
    public record Entry(@Nullable UUID bundle, List<View> members) {

        public Entry {
            members = List.copyOf(members);
        }
    }

    /** Those that run, oldest first; of a bundle in which one runs, all. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<Entry> running() {
        List<Stored> running = deployments.running();
        Set<UUID> bundles = running.stream()
                .map(one -> one.deployment().origin().bundle())
                .filter(Objects::nonNull)
                .collect(toSet());
        List<Stored> all = new ArrayList<>(running);
        all.removeIf(one -> one.deployment().origin().bundle() != null);
        all.addAll(deployments.membersOf(bundles));
        Map<UUID, List<View>> entries = new LinkedHashMap<>();
        for (View view : views(all)) {
            UUID bundle = view.deployment().origin().bundle();
            entries.computeIfAbsent(bundle == null ? view.deployment().id() : bundle, id -> new ArrayList<>())
                    .add(view);
        }
        return entries.entrySet().stream()
                .map(entry -> new Entry(bundles.contains(entry.getKey()) ? entry.getKey() : null, entry.getValue()))
                .sorted(Comparator.comparing(
                        entry -> entry.members().getFirst().deployment().createdAt()))
                .toList();
    }

    /** Several that belong together, also when all have ended. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Entry> findBundle(UUID id) {
        List<View> members = views(deployments.membersOf(List.of(id)));
        return members.isEmpty() ? Optional.empty() : Optional.of(new Entry(id, members));
    }

    /** Any that ever was accepted. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<View> find(UUID id) {
        return views(deployments.find(id).stream().toList()).stream().findFirst();
    }

    /**
     * All that were ever accepted, the newest first.
     *
     * @param after only those that are older than this one; empty for the beginning
     * @param limit at most so many
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<View> newest(Optional<UUID> after, int limit) {
        return views(deployments.newest(after, limit));
    }

    /** As many queries for many deployments as for one. */
    private List<View> views(List<Stored> found) {
        List<VersionKey> keys =
                found.stream().map(one -> brought(one.deployment())).distinct().toList();
        Map<VersionKey, VersionedPod> definitions = new HashMap<>();
        pods.versions(keys).forEach(pod -> definitions.put(new VersionKey(pod.id(), pod.version()), pod));
        Map<UUID, Progress> running = progress
                .of(found.stream()
                        .map(Stored::deployment)
                        .filter(deployment -> deployment.state().isRunning())
                        .map(Deployment::id)
                        .toList())
                .stream()
                .collect(toMap(Progress::deployment, one -> one));
        return found.stream()
                .map(one -> {
                    VersionKey key = brought(one.deployment());
                    return new View(
                            one.deployment(),
                            key.version(),
                            Objects.requireNonNull(definitions.get(key))
                                    .definition()
                                    .instances(),
                            one.startedAt(),
                            one.finishedAt(),
                            running.get(one.deployment().id()));
                })
                .toList();
    }

    private static VersionKey brought(Deployment deployment) {
        Version target = deployment.target();
        return new VersionKey(deployment.pod(), target == null ? Objects.requireNonNull(deployment.from()) : target);
    }
}
