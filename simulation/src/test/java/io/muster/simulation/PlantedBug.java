package io.muster.simulation;

import io.muster.simulation.WrongClusters.AcknowledgesAtOnce;
import io.muster.simulation.WrongClusters.AcknowledgesNoEnds;
import io.muster.simulation.WrongClusters.AsksNobody;
import io.muster.simulation.WrongClusters.HearsOfNoLoss;
import io.muster.simulation.WrongClusters.KillsOnce;
import io.muster.simulation.WrongClusters.LaunchesAtOnce;
import io.muster.simulation.WrongClusters.LeavesOrphansAlone;

/** Mistakes that an engine could make, each with what it is found by. */
enum PlantedBug {
    ACKNOWLEDGES_BEFORE_THE_COMMIT("acknowledged before stored"),
    ACKNOWLEDGES_NO_ENDS("not acknowledged"),
    LAUNCHES_BEFORE_THE_COMMIT("written ahead"),
    KILLS_EACH_ONLY_ONCE("does not settle"),
    NEVER_RECONCILES("does not settle"),
    IGNORES_LOSSES_IN_RECONCILIATION("does not settle"),
    LETS_ORPHANS_RUN("belongs to nobody|an orphan"),
    IGNORES_THE_FENCE("fence"),
    SWALLOWS_A_FAILED_COMMIT("a kill is sent|acknowledged before stored|written ahead"),
    EXPOSES_AT_ACCEPT("exposure"),
    LAUNCHES_THE_SAME_INSTANCE_AGAIN("launched once"),
    DOES_NOT_RELOAD("a kill is sent|acknowledged before stored|written ahead|capacity"),
    FORGETS_THE_MINIMUM("minimum"),
    COUNTS_THE_ENDING_AS_GONE("capacity|exposure"),
    STARTS_ONE_TOO_MANY("capacity"),
    EXPOSES_BEFORE_ALL_ARE_READY("exposure"),
    TAKES_THE_SUPERSEDED_FOR_CURRENT("exposure"),
    GOES_ON_THOUGH_PAUSED("pause of|never rests"),
    EXPOSES_WHAT_FAILED("exposure"),
    FORGETS_WHEN_A_RESTART_BEGAN("restart|capacity|minimum"),
    REPLACES_AFTER_A_CANCEL("minimum|capacity"),
    UNDOES_NOTHING("exposure|does not settle|capacity|minimum|launched"),
    TELLS_OF_REPORTS_TWICE("told twice");

    private final String symptom;

    PlantedBug(String symptom) {
        this.symptom = symptom;
    }

    /** A regular expression for what is said of it. */
    String symptom() {
        return symptom;
    }

    /** The parts of one history with this bug. */
    Parts plant() {
        return switch (this) {
            case ACKNOWLEDGES_BEFORE_THE_COMMIT -> WrongClusters.of(AcknowledgesAtOnce::new);
            case ACKNOWLEDGES_NO_ENDS -> WrongClusters.of(AcknowledgesNoEnds::new);
            case LAUNCHES_BEFORE_THE_COMMIT -> WrongClusters.of(LaunchesAtOnce::new);
            case KILLS_EACH_ONLY_ONCE -> WrongClusters.sharing(KillsOnce::new);
            case NEVER_RECONCILES -> WrongClusters.of(AsksNobody::new);
            case IGNORES_LOSSES_IN_RECONCILIATION -> WrongClusters.of(HearsOfNoLoss::new);
            case LETS_ORPHANS_RUN -> WrongClusters.knowing(LeavesOrphansAlone::new);
            case IGNORES_THE_FENCE -> WrongStores.unfenced();
            case SWALLOWS_A_FAILED_COMMIT -> WrongStores.swallowing();
            case EXPOSES_AT_ACCEPT -> WrongStores.exposingEarly();
            case LAUNCHES_THE_SAME_INSTANCE_AGAIN -> WrongStores.forgettingPlaces();
            case DOES_NOT_RELOAD -> WrongDecisions.withoutReload();
            case FORGETS_THE_MINIMUM -> WrongDecisions.of(WrongDecisions::endAll);
            case COUNTS_THE_ENDING_AS_GONE -> WrongDecisions.of(WrongDecisions::overlookEnding);
            case STARTS_ONE_TOO_MANY -> WrongDecisions.of(WrongDecisions::startMore);
            case EXPOSES_BEFORE_ALL_ARE_READY -> WrongDecisions.of(WrongDecisions::reachedByNumber);
            case TAKES_THE_SUPERSEDED_FOR_CURRENT -> WrongDecisions.of(WrongDecisions::newestIsCurrent);
            case GOES_ON_THOUGH_PAUSED -> WrongStores.neverPaused();
            case EXPOSES_WHAT_FAILED -> WrongStores.exposingWhatFailed();
            case FORGETS_WHEN_A_RESTART_BEGAN -> WrongStores.forgettingRestarts();
            case REPLACES_AFTER_A_CANCEL -> WrongDecisions.of(WrongDecisions::neverSteady);
            case UNDOES_NOTHING -> WrongStores.undoingNothing();
            case TELLS_OF_REPORTS_TWICE -> WrongStores.tellingTwice();
        };
    }
}
