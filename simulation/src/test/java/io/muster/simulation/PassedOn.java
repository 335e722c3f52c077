package io.muster.simulation;

import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.StatusReport.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cluster that passes everything on; a planted bug passes something on wrongly. */
class PassedOn implements Cluster {

    private final Cluster real;

    PassedOn(Cluster real) {
        this.real = real;
    }

    @Override
    public void start(ClusterListener listener, Optional<FrameworkId> known, SendPermit permit) {
        real.start(listener, known, permit);
    }

    @Override
    public void stop() {
        real.stop();
    }

    @Override
    public void wantOffers(boolean wanted) {
        real.wantOffers(wanted);
    }

    @Override
    public Matching match(List<LaunchRequest> requests) {
        return real.match(requests);
    }

    @Override
    public Matching match(List<LaunchRequest> requests, Set<InstanceId> unwanted) {
        return real.match(requests, unwanted);
    }

    @Override
    public void release(List<Release> releases) {
        real.release(releases);
    }

    @Override
    public void abandonReleases(List<Release> releases) {
        real.abandonReleases(releases);
    }

    @Override
    public List<Placement> launch(List<Placement> placements) {
        return real.launch(placements);
    }

    @Override
    public void abandon(List<Placement> placements) {
        real.abandon(placements);
    }

    @Override
    public void kill(List<KillOrder> orders) {
        real.kill(orders);
    }

    @Override
    public void acknowledge(List<Receipt> receipts) {
        real.acknowledge(receipts);
    }

    @Override
    public void reconcile(List<KnownTask> tasks) {
        real.reconcile(tasks);
    }
}
