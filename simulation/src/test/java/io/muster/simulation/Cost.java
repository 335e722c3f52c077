package io.muster.simulation;

import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.engine.EngineCost;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.simulation.Definitions.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Measures the engine by itself. */
public final class Cost {

    private Cost() {}

    public static void main(String[] arguments) {
        Shape shape =
                new Shape(PodId.of("/load/pod"), 1, 10, 1, false, "1", "1", "\"disabled\"", "", "YOUNGEST_FIRST", 60);
        EngineCost.print(new Nowhere(), shape.at(new Version(Instant.parse("2026-01-01T00:00:00Z"))));
    }

    private static final class Nowhere implements Cluster {

        @Override
        public void start(ClusterListener listener, Optional<FrameworkId> known, SendPermit permit) {}

        @Override
        public void stop() {}

        @Override
        public void wantOffers(boolean wanted) {}

        @Override
        public Matching match(List<LaunchRequest> requests) {
            return Matching.nothing();
        }

        @Override
        public List<Placement> launch(List<Placement> placements) {
            return List.of();
        }

        @Override
        public void abandon(List<Placement> placements) {}

        @Override
        public void kill(List<KillOrder> orders) {}

        @Override
        public void acknowledge(List<Receipt> receipts) {}

        @Override
        public void reconcile(List<KnownTask> tasks) {}
    }
}
