package io.muster.deploy.application;

import io.muster.deploy.application.DeploymentControl.Outcome;
import io.muster.deploy.persistence.BundleRows;
import io.muster.deploy.persistence.BundleRows.Tied;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.ClientRequest;
import io.muster.pods.Instructions;
import io.muster.pods.PodLockedException;
import io.muster.pods.Pods;
import io.muster.pods.Rollouts;
import io.muster.pods.Rollouts.Holder;
import io.muster.pods.application.Interventions;
import io.muster.pods.application.Interventions.Undoing;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.Preconditions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Deployments of many pods that clients see as one. What is done to it is done to all of them, in one transaction. */
@Service
public class Bundles {

    /** How many pods one request may delete; each of them is a row of its own, locked until all are stored. */
    public static final int MOST_PODS = 500;

    private final Pods pods;
    private final PodChanges changes;
    private final Rollouts rollouts;
    private final Interventions interventions;
    private final DeploymentControl control;
    private final BundleRows rows;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    Bundles(
            Pods pods,
            PodChanges changes,
            Rollouts rollouts,
            Interventions interventions,
            DeploymentControl control,
            BundleRows rows,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.pods = pods;
        this.changes = changes;
        this.rollouts = rollouts;
        this.interventions = interventions;
        this.control = control;
        this.rows = rows;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Begins to delete all pods below a group, or with an empty one all there are. Without any it is done already.
     *
     * @throws PodLockedException with all that hold one of the pods, unless forced; nothing was changed
     * @throws TooManyPodsException if there are more than {@value #MOST_PODS}
     */
    @Transactional
    public Undoing delete(Optional<PodId> group, Instructions instructions) {
        List<PodId> below = pods.shownBelow(group).stream().map(VersionKey::id).toList();
        if (below.size() > MOST_PODS) {
            throw new TooManyPodsException(below.size());
        }
        // All of them first, in the order in which everybody does.
        List<PodId> held = below.stream().filter(this::hold).toList();
        if (!instructions.force()) {
            List<Holder> holders = rollouts.holders(held);
            if (!holders.isEmpty()) {
                throw new PodLockedException(holders);
            }
        }
        List<UUID> members = held.stream()
                .map(id -> {
                    UUID member = changes.delete(id, Preconditions.NONE, instructions);
                    rows.letGo();
                    return member;
                })
                .toList();
        return tied(members, new Version(clock.instant()));
    }

    /**
     * Deploys what was before, and makes anew what is gone already. Empty if there is no such bundle, or
     * none of it runs.
     */
    @Transactional
    public Optional<Undoing> rollBack(
            UUID bundle, Optional<String> who, Optional<String> reason, ClientRequest request) {
        List<Tied> members = hold(bundle);
        if (members.stream().noneMatch(Tied::runs)) {
            return Optional.empty();
        }
        List<Undoing> undone = new ArrayList<>();
        for (Tied member : members) {
            control.rollBack(member.id(), who, reason, request).ifPresent(undone::add);
            if (pods.find(member.pod()).isEmpty()) {
                member.deleted()
                        .flatMap(version -> pods.version(member.pod(), version))
                        .map(before -> changes.rollBack(
                                before,
                                Preconditions.NONE,
                                Instructions.of(true, who).askedBy(request)))
                        .ifPresent(back -> undone.add(new Undoing(back.pod().version(), back.deployment())));
            }
            rows.letGo();
        }
        Version latest =
                undone.stream().map(Undoing::version).max(Version::compareTo).orElseThrow();
        return Optional.of(tied(undone.stream().map(Undoing::deployment).toList(), latest));
    }

    /** Stops all where they are. */
    @Transactional
    public Outcome cancel(UUID bundle, Optional<String> who) {
        return each(bundle, member -> control.cancel(member, who));
    }

    @Transactional
    public Outcome pause(UUID bundle, Optional<String> who, Optional<String> reason) {
        return each(bundle, member -> control.pause(member, who, reason));
    }

    @Transactional
    public Outcome resume(UUID bundle, Optional<String> who) {
        return each(bundle, member -> control.resume(member, who));
    }

    /** Done if it was done to one; those that have ended have no say. */
    private Outcome each(UUID bundle, Function<UUID, Outcome> act) {
        List<Outcome> outcomes = hold(bundle).stream()
                .filter(Tied::runs)
                .map(member -> act.apply(member.id()))
                .toList();
        if (outcomes.contains(Outcome.DONE)) {
            return Outcome.DONE;
        }
        return outcomes.contains(Outcome.UNFIT) ? Outcome.UNFIT : Outcome.NOT_RUNNING;
    }

    /** All members, as they are once their pods are locked. */
    private List<Tied> hold(UUID bundle) {
        rows.of(bundle).forEach(member -> hold(member.pod()));
        return rows.of(bundle);
    }

    private boolean hold(PodId pod) {
        boolean there = interventions.hold(pod);
        rows.letGo();
        return there;
    }

    private Undoing tied(List<UUID> members, Version version) {
        UUID bundle = ids.get();
        rows.tie(members, bundle);
        return new Undoing(version, bundle);
    }
}
