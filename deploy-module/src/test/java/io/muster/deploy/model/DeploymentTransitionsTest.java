package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.model.DeploymentInput.Begun;
import io.muster.deploy.model.DeploymentInput.CancelForced;
import io.muster.deploy.model.DeploymentInput.ForcedOver;
import io.muster.deploy.model.DeploymentInput.GivenUp;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.DeploymentInput.ResumeAsked;
import io.muster.deploy.model.DeploymentInput.RolledBackBy;
import io.muster.deploy.model.DeploymentInput.TargetReached;
import io.muster.deploy.model.DeploymentState.Cancelled;
import io.muster.deploy.model.DeploymentState.Failed;
import io.muster.deploy.model.DeploymentState.Paused;
import io.muster.deploy.model.DeploymentState.RolledBack;
import io.muster.deploy.model.DeploymentState.Rolling;
import io.muster.deploy.model.DeploymentState.Submitted;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.DeploymentState.Superseded;
import io.muster.pods.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentTransitionsTest {

    private static final Instant NOW = START.plusSeconds(5);
    private static final UUID BY = new UUID(0, 7);
    private static final UUID EARLIER = new UUID(0, 1);
    private static final DeploymentState NEVER_BEGUN = new Paused(null, START, "wait");

    private static final List<DeploymentState> STATES = List.of(
            new Submitted(),
            new Rolling(START, START.plusSeconds(1)),
            new Paused(START, START.plusSeconds(1), "wait"),
            NEVER_BEGUN,
            new Succeeded(START),
            new Superseded(EARLIER, START),
            new RolledBack(EARLIER, START),
            new Cancelled(START),
            new Failed("too late", EARLIER, START));
    private static final List<DeploymentInput> INPUTS = List.of(
            new Begun(),
            new TargetReached(),
            new ForcedOver(BY),
            new RolledBackBy(BY),
            new CancelForced(),
            new PauseAsked("look first"),
            new ResumeAsked(),
            new GivenUp("crashes", null));

    /** By state and kind of input. What is not here does not fit. */
    private static final Map<DeploymentState, Map<Class<?>, DeploymentState>> FITTING = Map.of(
            STATES.get(0),
            ending(Map.of(Begun.class, new Rolling(NOW, NOW), PauseAsked.class, new Paused(null, NOW, "look first"))),
            STATES.get(1),
            ending(Map.of(
                    TargetReached.class, new Succeeded(NOW), PauseAsked.class, new Paused(START, NOW, "look first"))),
            STATES.get(2),
            ending(Map.of(ResumeAsked.class, new Rolling(START, NOW))),
            NEVER_BEGUN,
            ending(Map.of(ResumeAsked.class, new Submitted())));

    /** Whatever runs can be ended in each of these ways. */
    private static Map<Class<?>, DeploymentState> ending(Map<Class<?>, DeploymentState> others) {
        Map<Class<?>, DeploymentState> all = new HashMap<>(others);
        all.put(ForcedOver.class, new Superseded(BY, NOW));
        all.put(RolledBackBy.class, new RolledBack(BY, NOW));
        all.put(CancelForced.class, new Cancelled(NOW));
        all.put(GivenUp.class, new Failed("crashes", null, NOW));
        return all;
    }

    static Stream<Arguments> everyStateWithEveryInput() {
        return STATES.stream().flatMap(state -> INPUTS.stream().map(input -> Arguments.of(state, input)));
    }

    @ParameterizedTest
    @MethodSource("everyStateWithEveryInput")
    void decidesAsTheTableSays(DeploymentState state, DeploymentInput input) {
        Map<Class<?>, DeploymentState> row = FITTING.getOrDefault(state, Map.of());

        assertThat(DeploymentTransitions.decide(state, input, NOW))
                .isEqualTo(Optional.ofNullable(row.get(input.getClass())));
    }

    @Test
    void theTableKnowsEveryStateAndEveryInput() {
        assertThat(Set.of(DeploymentState.class.getPermittedSubclasses())).isEqualTo(kinds(STATES));
        assertThat(Set.of(DeploymentInput.class.getPermittedSubclasses())).isEqualTo(kinds(INPUTS));
    }

    @Test
    void changesNothingOfADeploymentButItsState() {
        Deployment submitted = deployment(new Submitted());

        assertThat(DeploymentTransitions.apply(submitted, new Begun(), NOW))
                .contains(deployment(new Rolling(NOW, NOW)));
        assertThat(DeploymentTransitions.apply(submitted, new TargetReached(), NOW))
                .isEmpty();
    }

    @Test
    void forgetsWhatWentWrongWhenItIsResumed() {
        Deployment paused = deployment(new Paused(START, NOW, "2 instances ended"))
                .failedOnceMore()
                .warned("late");

        Deployment resumed =
                DeploymentTransitions.apply(paused, new ResumeAsked(), NOW).orElseThrow();

        assertThat(resumed).isEqualTo(deployment(new Rolling(START, NOW)));
    }

    @Test
    void holdsTheLockOfItsPodUntilItEnds() {
        assertThat(STATES)
                .filteredOn(DeploymentState::isRunning)
                .hasExactlyElementsOfTypes(Submitted.class, Rolling.class, Paused.class, Paused.class);
    }

    @Test
    void isOverItsLimitsFromOneFailureMoreThanAllowedAndFromTheLastMomentOn() {
        FailurePolicy policy = new FailurePolicy(OnFailure.PAUSE, Duration.ofSeconds(5), 2);

        assertThat(policy.exceeded(START, 2, NOW.minusMillis(1))).isEmpty();
        assertThat(policy.exceeded(START, 3, START))
                .contains("3 instances ended by themselves, and no more than 2 may");
        assertThat(policy.exceeded(START, 0, NOW)).contains("it is not complete after 5 s");
        assertThat(FailurePolicy.NONE.exceeded(START, Integer.MAX_VALUE, NOW)).isEmpty();
    }

    @Test
    void isOverALimitOnceAndOnlyWhileItRolls() {
        FailurePolicy policy = new FailurePolicy(OnFailure.CONTINUE, Duration.ofSeconds(5), null);
        Deployment rolling = with(policy, new Rolling(START.minusSeconds(60), START));

        assertThat(rolling.deadline()).contains(NOW);
        assertThat(rolling.exceeded(NOW)).isPresent();
        assertThat(rolling.warned("late").exceeded(NOW)).isEmpty();
        assertThat(rolling.warned("late").deadline()).isEmpty();
        assertThat(with(policy, new Paused(START, START, "wait")).exceeded(NOW)).isEmpty();
    }

    private static Deployment with(FailurePolicy policy, DeploymentState state) {
        return new Deployment(
                new UUID(0, 2),
                Instances.POD,
                Deployment.Kind.UPDATE,
                null,
                Instances.VERSION,
                state,
                START,
                Origin.UNKNOWN,
                policy,
                0,
                null);
    }

    private static Deployment deployment(DeploymentState state) {
        return new Deployment(new UUID(0, 2), Instances.POD, Deployment.Kind.UPDATE, Instances.VERSION, state, START);
    }

    private static Set<Class<?>> kinds(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toSet());
    }
}
