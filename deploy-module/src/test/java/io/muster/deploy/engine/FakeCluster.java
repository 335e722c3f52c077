package io.muster.deploy.engine;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.Unplaced;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster that places everything it has room for, and writes down what it is told, in order. */
class FakeCluster implements Cluster {

    /** What was said to it: "launch web.instance-…", "kill …", "ack …", "reconcile …", "want true", "abandon …". */
    final List<String> said = new ArrayList<>();

    final List<InstanceId> launched = new ArrayList<>();
    final List<KillOrder> kills = new ArrayList<>();
    final List<StatusReport.Receipt> receipts = new ArrayList<>();
    final List<List<KnownTask>> questions = new ArrayList<>();
    /** What the last match was asked for. */
    List<LaunchRequest> asked = List.of();

    Agent agent = new Agent("S0", "host", null, null);
    int room = Integer.MAX_VALUE;
    /** What it says of those that found no room. */
    List<Unplaced> unplaced = List.of();

    boolean offersAreVoid;
    /** What it says as soon as it is started. */
    @Nullable
    Dismissal dismissal;

    @Override
    public void start(ClusterListener listener, Optional<FrameworkId> known, SendPermit permit) {
        said.add("start");
        if (dismissal != null) {
            listener.onRefused(dismissal, "as told");
        }
    }

    @Override
    public void stop() {
        said.add("stop");
    }

    @Override
    public void wantOffers(boolean wanted) {
        said.add("want " + wanted);
    }

    @Override
    public Matching match(List<LaunchRequest> requests) {
        asked = requests;
        List<Placement> placements = requests.stream()
                .limit(room)
                .map(request -> new Placement(request, agent, "O1", List.of()))
                .toList();
        return new Matching(placements, unplaced);
    }

    @Override
    public List<Placement> launch(List<Placement> placements) {
        if (offersAreVoid) {
            return placements;
        }
        placements.forEach(placement -> {
            said.add("launch " + placement.request().instance());
            launched.add(placement.request().instance());
        });
        return List.of();
    }

    @Override
    public void abandon(List<Placement> placements) {
        placements.forEach(
                placement -> said.add("abandon " + placement.request().instance()));
    }

    @Override
    public void kill(List<KillOrder> orders) {
        orders.forEach(order -> said.add("kill " + order.task()));
        kills.addAll(orders);
    }

    @Override
    public void acknowledge(List<StatusReport.Receipt> confirmed) {
        confirmed.forEach(receipt -> said.add("ack " + receipt.task()));
        receipts.addAll(confirmed);
    }

    @Override
    public void reconcile(List<KnownTask> tasks) {
        said.add("reconcile " + tasks.size());
        questions.add(tasks);
    }
}
