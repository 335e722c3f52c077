package io.muster.mesos;

import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what the cluster says. */
final class RecordingEngine implements ClusterListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<StatusReport> reports = new CopyOnWriteArrayList<>();

    List<String> heard() {
        return heard;
    }

    List<StatusReport> reports() {
        return reports;
    }

    @Override
    public void onSubscribed(FrameworkId id, String master) {
        heard.add("subscribed as " + id.text());
    }

    @Override
    public void onDisconnected(String reason) {
        heard.add("disconnected: " + reason);
    }

    @Override
    public void onOffers() {
        heard.add("offers");
    }

    @Override
    public void onStatus(StatusReport report) {
        heard.add(report.task() + " " + report.state());
        reports.add(report);
    }

    @Override
    public void onMessage(ExecutorMessage message) {
        heard.add("message of " + message.executor() + ": " + message.text());
    }

    @Override
    public void onRefused(Dismissal why, String message) {
        heard.add("refused: " + why + " " + message);
    }
}
