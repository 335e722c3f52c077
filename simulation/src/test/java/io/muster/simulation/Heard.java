package io.muster.simulation;

import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;

/** Hears and passes everything on; a planted bug mishears. */
class Heard implements ClusterListener {

    private final ClusterListener real;

    Heard(ClusterListener real) {
        this.real = real;
    }

    @Override
    public void onSubscribed(FrameworkId id, String master) {
        real.onSubscribed(id, master);
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
    public void onMessage(ExecutorMessage message) {
        real.onMessage(message);
    }

    @Override
    public void onRefused(Dismissal why, String message) {
        real.onRefused(why, message);
    }
}
