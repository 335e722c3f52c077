package io.muster.mesos.matching;

import io.muster.deploy.cluster.Agent;
import io.muster.pods.model.Constraint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All constraints of one configuration of a pod, for one round. Changes as instances are placed. */
final class PodConstraints {

    private static final Set<String> OF_FAULT_DOMAINS = Set.of("@region", "@zone");

    private final List<Bound> rules;
    private final boolean anyRegion;
    private final @Nullable String localRegion;

    /** A constraint with what it says when it does not admit an offer. */
    private record Bound(String field, Rule rule, Judgement notNow, Judgement never) {

        static Bound of(Constraint constraint) {
            return new Bound(
                    constraint.fieldName(),
                    Rule.of(constraint),
                    new Judgement(Verdict.NOT_NOW, constraint),
                    new Judgement(Verdict.NEVER, constraint));
        }
    }

    private PodConstraints(List<Bound> rules, boolean anyRegion, @Nullable String localRegion) {
        this.rules = rules;
        this.anyRegion = anyRegion;
        this.localRegion = localRegion;
    }

    /** What they make of an offer. */
    enum Verdict {
        FITS,
        /** It may suit once other instances of the pod are placed. So it is with all offers of the same value. */
        NOT_NOW,
        /** It will not suit in this round. */
        NEVER
    }

    /**
     * A verdict and its reason.
     *
     * @param by null for an offer that fits, and for one in another region than the master
     */
    record Judgement(Verdict verdict, @Nullable Constraint by) {

        private static final Judgement FITS = new Judgement(Verdict.FITS, null);
        private static final Judgement REMOTE = new Judgement(Verdict.NEVER, null);
    }

    /**
     * The constraints before anything is placed in this round.
     *
     * @param neighbours where the instances are that count, in the order in which they were placed
     * @param localRegion that of the master; null where it has none
     */
    static PodConstraints of(List<Constraint> constraints, List<Agent> neighbours, @Nullable String localRegion) {
        PodConstraints created = new PodConstraints(
                constraints.stream().map(Bound::of).toList(),
                constraints.stream().map(Constraint::fieldName).anyMatch(OF_FAULT_DOMAINS::contains),
                localRegion);
        neighbours.forEach(created::placed);
        return created;
    }

    Judgement judge(OpenOffer offer) {
        if (!anyRegion && !isLocal(offer)) {
            return Judgement.REMOTE;
        }
        if (rules.isEmpty()) {
            return Judgement.FITS;
        }
        Agent agent = offer.agent();
        Judgement judgement = Judgement.FITS;
        for (Bound bound : rules) {
            Optional<String> value = agent.field(bound.field());
            boolean admitted = value.map(bound.rule()::admits).orElseGet(bound.rule()::admitsAbsence);
            if (!admitted && value.isPresent() && bound.rule() instanceof Rule.Even) {
                judgement = judgement.verdict() == Verdict.FITS ? bound.notNow() : judgement;
            } else if (!admitted) {
                return bound.never();
            }
        }
        return judgement;
    }

    /** An instance is on this agent; returns whether offers judged {@code NOT_NOW} before are to be asked again. */
    boolean placed(Agent agent) {
        boolean again = false;
        for (Bound bound : rules) {
            again |= bound.rule().placed(agent.field(bound.field()));
        }
        return again;
    }

    /**
     * A pod stays in the region of the master unless it has constraints on fault domains of its own. An agent without a
     * region counts as local, one with a region under a master without one does not (Marathon, ResourceMatcher.scala).
     */
    private boolean isLocal(OpenOffer offer) {
        Optional<String> region = offer.region();
        return region.isEmpty() || region.get().equals(localRegion);
    }
}
