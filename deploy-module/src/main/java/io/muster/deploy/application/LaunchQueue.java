package io.muster.deploy.application;

import static java.util.stream.Collectors.toMap;

import io.muster.deploy.engine.EngineBell;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.persistence.DelayResetRows;
import io.muster.deploy.persistence.DelayRows;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.deploy.persistence.InstanceRows.QueuedVersion;
import io.muster.deploy.persistence.LaunchAttemptRows;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.pods.Pods;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What waits to be launched, as every replica sees it. */
@Service
public class LaunchQueue {

    private final InstanceRows instances;
    private final Pods pods;
    private final DelayRows delays;
    private final LaunchAttemptRows attempts;
    private final DelayResetRows resets;
    private final EngineBell bell;
    private final InstantSource clock;

    LaunchQueue(
            InstanceRows instances,
            Pods pods,
            DelayRows delays,
            LaunchAttemptRows attempts,
            DelayResetRows resets,
            EngineBell bell,
            InstantSource clock) {
        this.instances = instances;
        this.pods = pods;
        this.delays = delays;
        this.attempts = attempts;
        this.resets = resets;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * A version of which instances are being launched.
     *
     * @param waiting how many wait for a place; 0 while Mesos has not answered for the last one
     * @param since when the first of them was decided on
     * @param delay what failures left behind; it may be over
     * @param attempt absent before offers were tried
     */
    public record Entry(
            VersionedPod pod,
            int waiting,
            Instant since,
            Optional<LaunchDelay> delay,
            Optional<LaunchAttempt> attempt) {}

    /** All entries as of one moment, ordered by pod and version. */
    public record View(List<Entry> entries, Instant asOf) {}

    /** As many queries for a long queue as for a short one. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public View view() {
        List<QueuedVersion> queued = instances.queued(Optional.empty());
        Instant now = clock.instant();
        if (queued.isEmpty()) {
            return new View(List.of(), now);
        }
        List<VersionKey> keys = queued.stream().map(QueuedVersion::key).toList();
        List<PodId> ids = keys.stream().map(VersionKey::id).distinct().toList();
        Map<VersionKey, VersionedPod> definitions =
                pods.versions(keys).stream().collect(toMap(pod -> new VersionKey(pod.id(), pod.version()), pod -> pod));
        Map<PodId, Map<String, LaunchDelay>> delayed = delays.of(ids);
        Map<PodId, Map<String, LaunchAttempt>> attempted = attempts.of(ids);
        List<Entry> entries = queued.stream()
                .map(one -> {
                    VersionedPod pod = Objects.requireNonNull(definitions.get(one.key()));
                    return new Entry(
                            pod,
                            one.waiting(),
                            one.since(),
                            Optional.ofNullable(
                                    delayed.getOrDefault(pod.id(), Map.of()).get(pod.configHash())),
                            Optional.ofNullable(
                                    attempted.getOrDefault(pod.id(), Map.of()).get(pod.configHash())));
                })
                .toList();
        return new View(entries, now);
    }

    /**
     * Lets the instances of a pod be launched at once, whatever failed before.
     *
     * @return whether any is in the queue; if not, nothing is changed
     */
    @Transactional
    public boolean resetDelay(PodId pod, Optional<String> who) {
        if (instances.queued(Optional.of(pod)).isEmpty()) {
            return false;
        }
        resets.add(pod, clock.instant(), who.orElse(null));
        bell.ringAfterCommit();
        return true;
    }
}
