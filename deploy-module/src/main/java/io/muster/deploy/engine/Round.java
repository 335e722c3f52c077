package io.muster.deploy.engine;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineStore.Notice;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.ContainerPorts;
import io.muster.deploy.model.Convergence;
import io.muster.deploy.model.Convergence.Moves;
import io.muster.deploy.model.DeployEvent.HealthChanged;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.InstanceTerminated;
import io.muster.deploy.model.DeployEvent.TaskReported;
import io.muster.deploy.model.EndCause;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceDecision;
import io.muster.deploy.model.InstanceDecision.Outcome;
import io.muster.deploy.model.InstanceInput;
import io.muster.deploy.model.InstanceInput.Decommissioned;
import io.muster.deploy.model.InstanceInput.Patience;
import io.muster.deploy.model.InstanceInput.Placed;
import io.muster.deploy.model.InstanceInput.PlacedContainer;
import io.muster.deploy.model.InstanceInput.Reported;
import io.muster.deploy.model.InstanceInput.TimePassed;
import io.muster.deploy.model.InstanceTransitions;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.Neighbours;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One round of the engine: folds inputs into the world, draws the consequences, and collects what is to be stored and
 * what is to be done once it is. Neither reads nor writes anything but the world.
 */
final class Round {

    /** Decommissioning an instance that was never placed frees its room at once, which may allow a start. */
    private static final int PASSES = 3;

    private final World world;
    private final Decisions decisions;
    private final Patience patience;
    private final Supplier<UUID> ids;
    private final Instant now;
    private final Changes changes = new Changes();
    private final Setbacks setbacks;
    private final Residents residents;
    private final DeploymentProgress deployments;
    private final Launches launches;
    private final List<KillOrder> kills = new ArrayList<>();
    private final SequencedSet<StatusReport.Receipt> receipts = new LinkedHashSet<>();
    private final SequencedSet<PodId> touched = new LinkedHashSet<>();
    private boolean demandGrew;
    private boolean expectsDemand;
    private int strangers;
    private int started;
    private int retriedKills;

    Round(World world, Decisions decisions, Patience patience, Supplier<UUID> ids, Instant now) {
        this.world = world;
        this.decisions = decisions;
        this.patience = patience;
        this.ids = ids;
        this.now = now;
        this.setbacks = new Setbacks(world, changes, now);
        this.residents = new Residents(world, changes, now);
        this.deployments = new DeploymentProgress(world, changes, setbacks, residents, now);
        this.launches = new Launches(world, residents, now);
    }

    Changes changes() {
        return changes;
    }

    /** To be sent after the commit, as are the receipts. */
    List<KillOrder> kills() {
        return kills;
    }

    List<StatusReport.Receipt> receipts() {
        return List.copyOf(receipts);
    }

    /** Whether instances can be launched that could not before, so that offers declined earlier are of interest. */
    boolean demandGrew() {
        return demandGrew || residents.gaveUp();
    }

    /** Whether a deployment moved that will start more instances soon. */
    boolean expectsDemand() {
        return expectsDemand;
    }

    /** How many instances came to run. */
    int started() {
        return started;
    }

    /** How many reports were about tasks that are not ours, and may still run. */
    int strangers() {
        return strangers;
    }

    /** How many instances and orphans are killed again. */
    int retriedKills() {
        return retriedKills;
    }

    void touch(PodId pod) {
        touched.add(pod);
    }

    void subscribed(FrameworkId framework) {
        if (!world.framework().equals(Optional.of(framework))) {
            world.knownAs(framework);
            changes.knownAs(framework);
        }
    }

    /** Takes a deployment up, in place of one it may have overtaken. */
    void takeUp(Submission submission) {
        if (deployments.takeUp(submission)) {
            touched.add(submission.deployment().pod());
        }
    }

    /** The API did something to a deployment. */
    void noticed(Notice notice) {
        deployments.noticed(notice);
        touched.add(notice.pod());
    }

    /** Ends an instance because a user wants it, which is no failure. One that is gone already needs nothing. */
    void killRequested(KillRequest request) {
        changes.takenUp(request);
        if (request.wipe()) {
            residents.wiped(request.instance());
            // One that cannot be reached is not waited for any more.
            world.instance(request.instance()).ifPresent(world::put);
            touched.add(request.pod());
        }
        world.instance(request.instance())
                .ifPresent(instance -> apply(instance, new Decommissioned(EndCause.KILL_REQUESTED)));
    }

    /** Instances of this pod may be launched at once, whatever failed before. */
    void delayReset(PodId pod) {
        changes.delayReset(pod);
        world.pod(pod).ifPresent(found -> {
            setbacks.forgiven(found);
            demandGrew = true;
        });
    }

    /** The effect of this is stored already; its agent has not heard of it yet. */
    void known(StatusReport.Receipt receipt) {
        receipts.add(receipt);
    }

    void reported(StatusReport report) {
        report.receipt().ifPresent(receipts::add);
        Optional<Instance> known = report.task().instance().flatMap(world::instance);
        if (known.isEmpty()) {
            strangers += report.state().mayRun() ? 1 : 0;
            world.quarantine().reported(report, now, changes);
            return;
        }
        Instance before = known.get();
        Optional<Instance> after = apply(before, new Reported(report));
        boolean endedUnasked =
                before.isWanted() && after.filter(Instance::isWanted).isEmpty();
        if (endedUnasked) {
            setbacks.ended(before, report);
            deployments.ended(before, report);
        } else if (after.isPresent() && after.get().condition() != before.condition()) {
            started += after.get().condition() == Condition.RUNNING ? 1 : 0;
            setbacks.progressed(after.get());
        }
    }

    /** A launch that never left: it ends as Mesos would have ended it (REASON_INVALID_OFFERS). */
    void dropped(Placement placement) {
        if (placement.request().reserves()) {
            residents.unasked(placement);
            return;
        }
        InstanceId instance = placement.request().instance();
        placement
                .request()
                .pod()
                .definition()
                .containers()
                .forEach(container -> reported(new StatusReport(
                        instance.task(container.name()),
                        Optional.of(placement.agent().id()),
                        TaskState.DROPPED,
                        Optional.empty(),
                        Optional.of("the offer was void before the launch was sent"),
                        Optional.empty(),
                        List.of(),
                        now,
                        Optional.empty())));
    }

    void placed(List<Placement> placements) {
        for (Placement placement : placements) {
            if (placement.request().reserves()) {
                residents.asked(placement);
                continue;
            }
            residents.used(placement);
            List<PlacedContainer> containers = placement.request().pod().definition().containers().stream()
                    .map(container -> new PlacedContainer(container.name(), container.healthCheck() != null))
                    .toList();
            world.instance(placement.request().instance())
                    .ifPresent(instance ->
                            apply(instance, new Placed(placement.agent(), placement.hostPorts(), containers)));
        }
    }

    void timePassed() {
        for (InstanceId id : world.checks().due(now)) {
            world.instance(id).ifPresent(instance -> {
                PodState pod = world.pod(instance.pod()).orElseThrow();
                apply(
                        instance,
                        new TimePassed(
                                pod.goal().definition().scheduling().unreachableStrategy(),
                                world.keepsStorage(instance),
                                patience));
            });
        }
        touched.addAll(pods(world.ripening().due(now)));
        demandGrew |= !world.launches().due(now).isEmpty();
        setbacks.timePassed();
        deployments.timePassed();
        world.quarantine().timePassed(now);
    }

    private List<PodId> pods(List<InstanceId> instances) {
        return instances.stream()
                .flatMap(id -> world.instance(id).stream())
                .map(Instance::pod)
                .toList();
    }

    /** Instances whose reservation does not show are replaced by others, which reserve anew. */
    void reservationsOverdue() {
        residents.forgetOutdated();
        residents
                .overdue()
                .forEach(id -> world.instance(id)
                        .ifPresent(instance -> apply(instance, new Decommissioned(EndCause.OVERDUE))));
    }

    /** Reservations that offers show, and those of them that are released once this round is stored. */
    void shown(List<InstanceId> reservations, List<Release> releases) {
        world.reservations().shown(reservations, now);
        residents.released(releases);
    }

    /** Asks for the end of what is not wanted, as much of it as is due; only while there is somebody to ask. */
    void killDue() {
        Kills.Due<InstanceId> instances = world.kills().due(now);
        instances
                .keys()
                .forEach(id ->
                        world.instance(id).map(InstanceTransitions::killOrders).ifPresent(kills::addAll));
        Kills.Due<TaskId> orphans = world.orphanKills().due(now);
        kills.addAll(world.quarantine().kills(orphans.keys()));
        retriedKills = instances.repeated() + orphans.repeated();
    }

    /** Moves every pod that something happened to towards its target. */
    void converge() {
        while (!touched.isEmpty()) {
            world.pod(touched.removeFirst()).ifPresent(this::converge);
        }
    }

    private void converge(PodState pod) {
        for (int pass = 0; pass < PASSES; pass++) {
            Moves moves = decisions.convergence().next(pod.target(now), pod.instances());
            int before = pod.instances().size();
            moves.end()
                    .forEach(id -> world.instance(id)
                            .ifPresent(instance ->
                                    apply(instance, new Decommissioned(EndCause.ofSurplus(instance, pod.target())))));
            boolean vanished = pod.instances().size() < before;
            for (int i = 0; i < moves.start(); i++) {
                schedule(pod, pod.goal());
            }
            if (moves.reached()) {
                deployments.targetReached(pod);
            }
            if (!vanished) {
                break;
            }
        }
        expectsDemand |= Convergence.holdsStartsBack(pod.target(), pod.instances());
        residents.trim(pod);
        residents.bind(pod);
        touched.remove(pod.id());
    }

    private void schedule(PodState pod, VersionedPod definition) {
        Instance instance = Instance.scheduled(
                InstanceId.of(pod.id(), ids.get()),
                pod.id(),
                definition.version(),
                definition.configHash(),
                pod.schedulingTime(now));
        world.put(instance);
        changes.put(instance);
        changes.tell(new InstanceChanged(instance, now));
        demandGrew |= launches.mayBegin(pod, instance);
    }

    /**
     * The instances that may be launched now, those that have waited longest first.
     *
     * @return at most {@code limit}
     */
    List<LaunchRequest> requests(int limit) {
        return launches.requests(limit);
    }

    /** Whether an instance waits that may be launched now. */
    boolean hasRequests() {
        return launches.any();
    }

    private Optional<Instance> apply(Instance before, InstanceInput input) {
        InstanceDecision decision = decisions.transitions().decide(before, input, now);
        if (decision.outcome() != Outcome.CHANGED) {
            // The others follow from the goal of the instance, or from the orphans it leaves: the world remembers both.
            kills.addAll(decision.kills());
            return decision.next();
        }
        if (Convergence.dependsOn(before, decision.next())) {
            touched.add(before.pod());
        }
        if (input instanceof Reported(StatusReport report)) {
            // One that says nothing new was told already, if by the leader before.
            changes.tell(new TaskReported(before, report, ports(before, report.task()), now));
        }
        // Where one instance of a constrained pod comes or goes, agents may suit others that refused them before.
        demandGrew |= Neighbours.changed(before, decision.next().orElse(null))
                && Launches.isConstrained(world.pod(before.pod()).orElseThrow(), before);
        if (decision.next().isPresent()) {
            Instance next = decision.next().get();
            world.put(next);
            changes.put(next);
            if (next.condition() != before.condition() || next.goal() != before.goal()) {
                changes.tell(new InstanceChanged(next, now));
            }
            if (!Objects.equals(next.healthy(), before.healthy())) {
                changes.tell(new HealthChanged(next, now));
            }
        } else {
            world.remove(before);
            residents.ended(before);
            if (input instanceof TimePassed) {
                // It is given up, not ended.
                world.quarantine().forsake(before, now, changes);
            }
            changes.gone(before.id());
            InstanceEnded.of(before, decision.ended(), now).ifPresent(changes::tell);
            decision.ended().map(InstanceTerminated::new).ifPresent(changes::tell);
            decision.ended().ifPresent(changes::ended);
        }
        PodState pod = world.pod(before.pod()).orElseThrow();
        boolean lost = counts(before) && decision.next().filter(Round::counts).isEmpty();
        if (lost && pod.isHeld()) {
            // The pod stays as it is: not even towards its target may it move.
            schedule(pod, pod.definition(before.version()));
        }
        return decision.next();
    }

    private List<Integer> ports(Instance instance, TaskId task) {
        return instance.hostPorts().isEmpty()
                ? List.of()
                : ContainerPorts.of(
                        instance,
                        task,
                        world.pod(instance.pod())
                                .orElseThrow()
                                .definition(instance.version())
                                .definition());
    }

    private static boolean counts(Instance instance) {
        return instance.isWanted() && !instance.isInactive();
    }
}
