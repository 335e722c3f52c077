package io.muster.deploy.application;

import static java.util.stream.Collectors.toMap;

import io.muster.deploy.KillSettings;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.engine.EngineBell;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.deploy.persistence.KillRequestRows;
import io.muster.deploy.persistence.ReservationRows;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes kills of instances in, on any replica: as requests, since only the engine changes instances. Nothing is locked
 * by them, and no deployment begins.
 */
@Service
public class InstanceKills {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Pods pods;
    private final InstanceRows instances;
    private final KillRequestRows requests;
    private final ReservationRows reservations;
    private final EngineBell bell;
    private final InstantSource clock;
    private final KillSettings settings;

    InstanceKills(
            Pods pods,
            InstanceRows instances,
            KillRequestRows requests,
            ReservationRows reservations,
            EngineBell bell,
            InstantSource clock,
            KillSettings settings) {
        this.pods = pods;
        this.instances = instances;
        this.requests = requests;
        this.reservations = reservations;
        this.bell = bell;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * An instance whose end was asked for.
     *
     * @param instance as it was before
     * @param pod the version it was made from
     */
    public record Killed(Instance instance, VersionedPod pod) {}

    /**
     * Asks for the end of instances. When this returns, the requests are as good as stored: the surrounding transaction
     * ends with it.
     *
     * @param ids of any form; those that no instance of the pod has are ignored
     * @param wipe whether storage that would outlive the instances shall go with them
     * @return those found, ordered by id; empty if there is no such pod
     */
    @Transactional
    public Optional<List<Killed>> request(PodId pod, Collection<String> ids, boolean wipe, Optional<String> who) {
        if (pods.find(pod).isEmpty()) {
            return Optional.empty();
        }
        List<Instance> found = ids.isEmpty() ? List.of() : instances.ofPod(pod, ids);
        Instant now = clock.instant();
        requests.add(found.stream()
                .filter(instance -> wipe || instance.isWanted())
                .map(instance -> new KillRequest(pod, instance.id(), wipe, now, who.orElse(null)))
                .toList());
        bell.ringAfterCommit();
        return Optional.of(withDefinitions(found));
    }

    private List<Killed> withDefinitions(List<Instance> found) {
        List<VersionKey> keys = found.stream()
                .map(instance -> new VersionKey(instance.pod(), instance.version()))
                .distinct()
                .toList();
        Map<Version, VersionedPod> versions =
                pods.versions(keys).stream().collect(toMap(VersionedPod::version, version -> version));
        return found.stream()
                .map(instance -> new Killed(instance, Objects.requireNonNull(versions.get(instance.version()))))
                .toList();
    }

    /**
     * Waits until these instances are gone, and what was reserved for them and is not wanted, looking now and then and holding nothing meanwhile. Gives up after {@code
     * muster.pods.wipe-timeout}: their end goes on, but an agent that does not answer can delay it for very long.
     *
     * @return whether they are gone
     */
    public boolean awaitGone(Collection<InstanceId> killed) throws InterruptedException {
        Duration left = settings.wipeTimeout();
        Duration pause = FIRST_PAUSE;
        while (instances.anyOf(killed) || reservations.anyUnwantedOf(killed)) {
            if (left.isZero()) {
                return false;
            }
            Duration next = shorter(pause, left);
            Thread.sleep(next);
            left = left.minus(next);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
        return true;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
