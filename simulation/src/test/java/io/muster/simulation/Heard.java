package io.muster.simulation;

import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;

/** Hears and passes everything on; a planted bug mishears. */
class Heard implements ClusterListener {

    private final ClusterListener real;

    Heard(ClusterListener real) {
        this.real = real;
    }

    @Override
    public void onSubscribed(FrameworkId id) {
        real.onSubscribed(id);
    }

    @Override
    public void onDisconnected(String reason) {
        real.onDisconnected(reason);
    }

    @Override
    public void onOffers() {
        real.onOffers();
    }

    @Override
    public void onStatus(StatusReport report) {
        real.onStatus(report);
    }

    @Override
    public void onRefused(Dismissal why, String message) {
        real.onRefused(why, message);
    }
}
