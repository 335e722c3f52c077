package io.muster.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.model.DeployEvent.VersionExposed;
import io.muster.deploy.model.DeployEvent.VersionMoved;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.history.VersionState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of versions with their deployments. */
class VersionMovesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final PodId POD = PodId.of("/shop/cart");
    private static final Version ONE = new Version(NOW.minusSeconds(20));
    private static final Version TWO = new Version(NOW.minusSeconds(10));
    private static final UUID ID = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private static Deployment deployment(Kind kind, @Nullable Version from, @Nullable Version target, Origin origin) {
        return new Deployment(
                ID, POD, kind, from, target, new DeploymentState.Submitted(), NOW, origin, FailurePolicy.NONE, 0, null);
    }

    private static Deployment deployment(Kind kind, @Nullable Version from, @Nullable Version target) {
        return deployment(kind, from, target, Origin.UNKNOWN);
    }

    private static VersionMoved moved(Version version, VersionState state, VersionState before) {
        return new VersionMoved(POD, version, state, before, ID, NOW);
    }

    @Test
    void aVersionIsDeployedWhenItsDeploymentBeginsUnlessItWasBefore() {
        assertThat(VersionMoves.begun(deployment(Kind.CREATE, null, ONE), NOW))
                .containsExactly(moved(ONE, VersionState.DEPLOYING, VersionState.SUBMITTED));
        assertThat(VersionMoves.begun(deployment(Kind.RESTART, ONE, ONE), NOW)).isEmpty();
        assertThat(VersionMoves.begun(deployment(Kind.RESTART, ONE, TWO), NOW))
                .as("over an update, whose version goes on")
                .isEmpty();
        assertThat(VersionMoves.begun(deployment(Kind.DELETE, ONE, null), NOW)).isEmpty();
    }

    @Test
    void whatIsShownRetiresWhatWasShownBefore() {
        assertThat(VersionMoves.shown(deployment(Kind.CREATE, null, ONE), true, VersionState.EXPOSED, NOW))
                .containsExactly(
                        moved(ONE, VersionState.EXPOSED, VersionState.DEPLOYING),
                        new VersionExposed(POD, ONE, null, NOW));
        assertThat(VersionMoves.shown(deployment(Kind.UPDATE, ONE, TWO), false, VersionState.CANCELLED, NOW))
                .containsExactly(
                        moved(TWO, VersionState.CANCELLED, VersionState.SUBMITTED),
                        moved(ONE, VersionState.RETIRED, VersionState.EXPOSED),
                        new VersionExposed(POD, TWO, ONE, NOW));
        assertThat(VersionMoves.shown(deployment(Kind.RESTART, ONE, ONE), true, VersionState.EXPOSED, NOW))
                .isEmpty();
    }

    @Test
    void aVersionIsLostUnlessWhatTakesItsPlaceBringsItAsWell() {
        Deployment update = deployment(Kind.UPDATE, ONE, TWO);

        assertThat(VersionMoves.lost(update, true, VersionState.SUPERSEDED, null, NOW))
                .containsExactly(moved(TWO, VersionState.SUPERSEDED, VersionState.DEPLOYING));
        assertThat(VersionMoves.lost(update, false, VersionState.ROLLED_BACK, ONE, NOW))
                .containsExactly(moved(TWO, VersionState.ROLLED_BACK, VersionState.SUBMITTED));
        assertThat(VersionMoves.lost(update, true, VersionState.SUPERSEDED, TWO, NOW))
                .isEmpty();
        assertThat(VersionMoves.lost(deployment(Kind.DELETE, ONE, null), true, VersionState.SUPERSEDED, TWO, NOW))
                .isEmpty();
    }

    @Test
    void theLastVersionRetiresWithItsPodIfItIsKnownToHaveBeenShown() {
        assertThat(VersionMoves.deleted(deployment(Kind.DELETE, ONE, null), NOW))
                .containsExactly(moved(ONE, VersionState.RETIRED, VersionState.EXPOSED));
        Origin forced = new Origin(null, null, true, OTHER, null);
        assertThat(VersionMoves.deleted(deployment(Kind.DELETE, ONE, null, forced), NOW))
                .isEmpty();
    }
}
