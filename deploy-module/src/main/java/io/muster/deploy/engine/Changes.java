package io.muster.deploy.engine;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.engine.EngineStore.Notice;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.EngineReport;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Orphan;
import io.muster.deploy.model.Reservation;
import io.muster.deploy.model.Termination;
import io.muster.history.PodId;
import io.muster.pods.Pods.Burial;
import io.muster.pods.Pods.Exposure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one round wants stored, all of it in one transaction. Later changes of one thing replace earlier ones. */
public final class Changes {

    /**
     * A delay of one configuration of one pod.
     *
     * @param delay absent when it is lifted
     */
    public record DelayChange(
            PodId pod, String configHash, @Nullable LaunchDelay delay) {}

    /**
     * What came of trying to place instances of one configuration of one pod.
     *
     * @param attempt absent when none waits any more
     */
    public record AttemptChange(
            PodId pod, String configHash, @Nullable LaunchAttempt attempt) {}

    /**
     * A deployment that has failed, whose effect another one shall undo.
     *
     * @param deployment as it was before
     */
    public record GivingUp(Deployment deployment, String reason) {}

    private final SequencedMap<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final SequencedSet<InstanceId> gone = new LinkedHashSet<>();
    private final SequencedMap<UUID, Deployment> deployments = new LinkedHashMap<>();
    private final Map<String, DelayChange> delays = new LinkedHashMap<>();
    private final Map<String, AttemptChange> attempts = new LinkedHashMap<>();
    private final Set<PodId> delayResets = new LinkedHashSet<>();
    private final SequencedMap<PodId, Failure> failures = new LinkedHashMap<>();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<Burial> burials = new ArrayList<>();
    private final List<GivingUp> givenUp = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<KillRequest> kills = new ArrayList<>();
    private final SequencedMap<TaskId, Orphan> orphans = new LinkedHashMap<>();
    private final SequencedSet<TaskId> endedOrphans = new LinkedHashSet<>();
    private final List<Termination> terminations = new ArrayList<>();
    private final SequencedMap<InstanceId, Reservation> reservations = new LinkedHashMap<>();
    private final SequencedSet<InstanceId> endedReservations = new LinkedHashSet<>();
    private final List<DeployEvent> events = new ArrayList<>();
    private @Nullable FrameworkId framework;
    private @Nullable EngineReport report;
    private boolean forgetsAttempts;

    void put(Instance instance) {
        instances.putLast(instance.id(), instance);
    }

    void gone(InstanceId instance) {
        instances.remove(instance);
        gone.add(instance);
    }

    void put(Deployment deployment) {
        deployments.put(deployment.id(), deployment);
    }

    void put(DelayChange delay) {
        delays.put(delay.pod() + " " + delay.configHash(), delay);
    }

    void put(AttemptChange attempt) {
        attempts.put(attempt.pod() + " " + attempt.configHash(), attempt);
    }

    /** Those of an earlier leader. */
    void forgetAttempts() {
        forgetsAttempts = true;
    }

    void put(EngineReport present) {
        report = present;
    }

    void delayReset(PodId pod) {
        delayResets.add(pod);
    }

    void put(Failure failure) {
        failures.put(failure.pod(), failure);
    }

    void expose(Exposure exposure) {
        exposures.add(exposure);
    }

    void bury(Burial burial) {
        burials.add(burial);
    }

    void giveUp(GivingUp failed) {
        put(failed.deployment());
        givenUp.add(failed);
    }

    void takenUp(Notice notice) {
        notices.add(notice);
    }

    void takenUp(KillRequest request) {
        kills.add(request);
    }

    void put(Orphan orphan) {
        endedOrphans.remove(orphan.task());
        orphans.put(orphan.task(), orphan);
    }

    void gone(TaskId orphan) {
        orphans.remove(orphan);
        endedOrphans.add(orphan);
    }

    void ended(Termination termination) {
        terminations.add(termination);
    }

    void put(Reservation reservation) {
        endedReservations.remove(reservation.id());
        reservations.put(reservation.id(), reservation);
    }

    void goneReservation(InstanceId reservation) {
        reservations.remove(reservation);
        endedReservations.add(reservation);
    }

    void tell(DeployEvent event) {
        events.add(event);
    }

    void knownAs(FrameworkId id) {
        framework = id;
    }

    public boolean isEmpty() {
        return instances.isEmpty()
                && gone.isEmpty()
                && deployments.isEmpty()
                && delays.isEmpty()
                && attempts.isEmpty()
                && delayResets.isEmpty()
                && !forgetsAttempts
                && report == null
                && failures.isEmpty()
                && exposures.isEmpty()
                && burials.isEmpty()
                && givenUp.isEmpty()
                && notices.isEmpty()
                && kills.isEmpty()
                && orphans.isEmpty()
                && endedOrphans.isEmpty()
                && terminations.isEmpty()
                && reservations.isEmpty()
                && endedReservations.isEmpty()
                && events.isEmpty()
                && framework == null;
    }

    /** New and changed instances. */
    public List<Instance> instances() {
        return List.copyOf(instances.values());
    }

    /** Instances to be removed; some may never have been stored. */
    public List<InstanceId> gone() {
        return List.copyOf(gone);
    }

    public List<Deployment> deployments() {
        return List.copyOf(deployments.values());
    }

    public List<DelayChange> delays() {
        return List.copyOf(delays.values());
    }

    /** Whether all that is stored of attempts is forgotten, before {@link #attempts} are stored. */
    public boolean forgetsAttempts() {
        return forgetsAttempts;
    }

    public List<AttemptChange> attempts() {
        return List.copyOf(attempts.values());
    }

    /** Present when it differs from the one before. */
    public Optional<EngineReport> report() {
        return Optional.ofNullable(report);
    }

    /** Pods whose wish for a reset of the delay need not be remembered any more. */
    public List<PodId> delayResets() {
        return List.copyOf(delayResets);
    }

    /** At most one for each pod. */
    public List<Failure> failures() {
        return List.copyOf(failures.values());
    }

    public List<Exposure> exposures() {
        return List.copyOf(exposures);
    }

    public List<Burial> burials() {
        return List.copyOf(burials);
    }

    /** They are among {@link #deployments}, too. */
    public List<GivingUp> givenUp() {
        return List.copyOf(givenUp);
    }

    /** Notices that need not be remembered any more. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    /** Kill requests that need not be remembered any more: their effect is among these changes, or there is none. */
    public List<KillRequest> kills() {
        return List.copyOf(kills);
    }

    /** New and changed ones. */
    public List<Orphan> orphans() {
        return List.copyOf(orphans.values());
    }

    /** To be removed. */
    public List<TaskId> endedOrphans() {
        return List.copyOf(endedOrphans);
    }

    /** Of the instances that are gone and had a place, in the order they ended. */
    public List<Termination> terminations() {
        return List.copyOf(terminations);
    }

    /** New and changed ones. */
    public List<Reservation> reservations() {
        return List.copyOf(reservations.values());
    }

    /** To be removed; some may never have been stored. */
    public List<InstanceId> endedReservations() {
        return List.copyOf(endedReservations);
    }

    /** In the order they happened. */
    public List<DeployEvent> events() {
        return List.copyOf(events);
    }

    public Optional<FrameworkId> framework() {
        return Optional.ofNullable(framework);
    }
}
