package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.model.DeploymentInput.Begun;
import io.muster.deploy.model.DeploymentInput.ForcedOver;
import io.muster.deploy.model.DeploymentInput.TargetReached;
import io.muster.deploy.model.DeploymentState.Rolling;
import io.muster.deploy.model.DeploymentState.Submitted;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.DeploymentState.Superseded;
import java.time.Instant;
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
    private static final List<DeploymentState> STATES =
            List.of(new Submitted(), new Rolling(START), new Succeeded(START), new Superseded(new UUID(0, 1), START));
    private static final List<DeploymentInput> INPUTS = List.of(new Begun(), new TargetReached(), new ForcedOver(BY));

    /** Every pair that is not here does not fit. */
    private static final Map<List<Class<?>>, DeploymentState> FITTING = Map.of(
            List.of(Submitted.class, Begun.class), new Rolling(NOW),
            List.of(Submitted.class, ForcedOver.class), new Superseded(BY, NOW),
            List.of(Rolling.class, TargetReached.class), new Succeeded(NOW),
            List.of(Rolling.class, ForcedOver.class), new Superseded(BY, NOW));

    static Stream<Arguments> everyStateWithEveryInput() {
        return STATES.stream().flatMap(state -> INPUTS.stream().map(input -> Arguments.of(state, input)));
    }

    @ParameterizedTest
    @MethodSource("everyStateWithEveryInput")
    void decidesAsTheTableSays(DeploymentState state, DeploymentInput input) {
        assertThat(DeploymentTransitions.decide(state, input, NOW))
                .isEqualTo(Optional.ofNullable(FITTING.get(List.of(state.getClass(), input.getClass()))));
    }

    @Test
    void theTableKnowsEveryStateAndEveryInput() {
        assertThat(Set.of(DeploymentState.class.getPermittedSubclasses())).isEqualTo(kinds(STATES));
        assertThat(Set.of(DeploymentInput.class.getPermittedSubclasses())).isEqualTo(kinds(INPUTS));
    }

    @Test
    void changesNothingOfADeploymentButItsState() {
        Deployment submitted = new Deployment(
                new UUID(0, 2), Instances.POD, Deployment.Kind.UPDATE, Instances.VERSION, new Submitted(), START);

        assertThat(DeploymentTransitions.apply(submitted, new Begun(), NOW))
                .contains(new Deployment(
                        new UUID(0, 2),
                        Instances.POD,
                        Deployment.Kind.UPDATE,
                        Instances.VERSION,
                        new Rolling(NOW),
                        START));
        assertThat(DeploymentTransitions.apply(submitted, new TargetReached(), NOW))
                .isEmpty();
    }

    @Test
    void holdsTheLockOfItsPodUntilItEnds() {
        assertThat(STATES)
                .filteredOn(DeploymentState::isRunning)
                .hasExactlyElementsOfTypes(Submitted.class, Rolling.class);
    }

    private static Set<Class<?>> kinds(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toSet());
    }
}
