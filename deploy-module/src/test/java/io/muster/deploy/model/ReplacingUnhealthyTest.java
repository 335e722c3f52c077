package io.muster.deploy.model;

import static io.muster.deploy.model.RollingCluster.NEW;
import static io.muster.deploy.model.RollingCluster.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Convergence.Moves;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Upgrade;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replacement is often there to heal what it replaces: instances that serve nobody are not waited for. */
class ReplacingUnhealthyTest {

    private static final int INSTANCES = 4;
    private static final int MOST_MOVES = 50;

    private final RollingCluster cluster = new RollingCluster(new Target.Running(
            INSTANCES, NEW, new Upgrade(BigDecimal.ONE, BigDecimal.ZERO), KillSelection.YOUNGEST_FIRST));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void endsTheUnhealthyFirstAndComesToAnEnd(int unhealthy) {
        cluster.addReady(OLD, INSTANCES - unhealthy);
        for (int i = 0; i < unhealthy; i++) {
            cluster.add(OLD, Goal.RUNNING, Condition.RUNNING, false);
        }
        List<InstanceId> sick = cluster.aliveThat(instance -> !instance.isReady());

        assertThat(cluster.move().end()).containsExactlyInAnyOrderElementsOf(sick);

        for (int moves = 0; !cluster.ask().reached(); moves++) {
            assertThat(moves).isLessThan(MOST_MOVES);
            cluster.beingEnded().forEach(cluster::confirmGone);
            cluster.newButNotReady().forEach(id -> cluster.becomes(id, Condition.RUNNING, true));
            cluster.move();
        }
        // Where no instance may be missing, one more than the maximum makes room for the first step.
        assertThat(cluster.peak()).isLessThanOrEqualTo(INSTANCES + 1);
        assertThat(cluster.alive())
                .hasSize(INSTANCES)
                .extracting(Instance::configHash)
                .containsOnly(NEW);
        assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), true));
    }
}
