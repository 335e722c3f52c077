package io.muster.deploy.web;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.cluster.UnusedOffer;
import io.muster.deploy.cluster.UnusedOffer.Range;
import io.muster.deploy.cluster.UnusedOffer.Value;
import io.muster.pods.VersionedPod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with room for everything, in which all that is asked for happens at once, unless it is told to hold. Asked
 * for what became of a task it repeats the last report: the round that took the first one in may have failed.
 */
final class PromptCluster implements Cluster {

    /** The end of ids for which there is no room. */
    private static final String UNPLACEABLE = "/unplaceable";

    private static final Mismatch SHORTAGE =
            new Mismatch.Shortage(2, Refusal.INSUFFICIENT_CPUS, "cpus", new BigDecimal("4"), new BigDecimal("0.2"));

    private static final UnusedOffer SMALL = new UnusedOffer(
            "O9",
            "host-9",
            "S9",
            Refusal.INSUFFICIENT_CPUS,
            List.of(
                    new UnusedOffer.Resource("cpus", "*", Value.scalar(new BigDecimal("0.2"))),
                    new UnusedOffer.Resource("ports", "*", Value.ranges(List.of(new Range(31_000, 31_999))))),
            List.of(new UnusedOffer.Attribute("rack", Value.text("r7"))));

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Queue<KillOrder> held = new ConcurrentLinkedQueue<>();
    private final Map<TaskId, StatusReport> lastReports = new ConcurrentHashMap<>();
    private boolean holding;
    private volatile @Nullable ClusterListener listener;

    /** Kills are not executed until {@link #release}. */
    synchronized void hold() {
        holding = true;
    }

    synchronized void release() {
        holding = false;
        while (!held.isEmpty()) {
            kill(List.of(held.remove()));
        }
    }

    @Override
    public void start(ClusterListener to, Optional<FrameworkId> known, SendPermit permit) {
        listener = to;
        thread.execute(() -> to.onSubscribed(new FrameworkId("F-1"), "master.example:5050"));
    }

    @Override
    public void stop() {
        thread.shutdown();
    }

    @Override
    public void wantOffers(boolean wanted) {
        if (wanted) {
            thread.execute(() -> listener().onOffers());
        }
    }

    private ClusterListener listener() {
        ClusterListener present = listener;
        if (present == null) {
            throw new IllegalStateException("not started");
        }
        return present;
    }

    @Override
    public Matching match(List<LaunchRequest> requests) {
        List<Placement> placements = requests.stream()
                .filter(request -> !request.pod().id().text().endsWith(UNPLACEABLE))
                .map(request ->
                        new Placement(request, new Agent("S0", "host-1", "north", null), "O1", ports(request.pod())))
                .toList();
        List<Unplaced> unplaced = requests.stream()
                .filter(request -> request.pod().id().text().endsWith(UNPLACEABLE))
                .map(LaunchRequest::pod)
                .distinct()
                .map(pod -> new Unplaced(pod.id(), pod.configHash(), 1, 2, List.of(SHORTAGE), List.of(SMALL)))
                .toList();
        return new Matching(placements, unplaced);
    }

    private static List<Integer> ports(VersionedPod pod) {
        int count = (int) pod.definition().containers().stream()
                .flatMap(container -> container.endpoints().stream())
                .filter(endpoint -> endpoint.hostPort() != null)
                .count();
        return IntStream.range(31_000, 31_000 + count).boxed().toList();
    }

    @Override
    public List<Placement> launch(List<Placement> placements) {
        for (Placement placement : placements) {
            placement
                    .request()
                    .pod()
                    .definition()
                    .containers()
                    .forEach(container -> report(
                            placement.request().instance().task(container.name()),
                            TaskState.RUNNING,
                            Optional.ofNullable(container.healthCheck()).map(check -> true)));
        }
        return List.of();
    }

    @Override
    public void abandon(List<Placement> placements) {}

    @Override
    public synchronized void kill(List<KillOrder> orders) {
        if (holding) {
            held.addAll(orders);
        } else {
            orders.forEach(order -> report(order.task(), TaskState.KILLED, Optional.empty()));
        }
    }

    boolean isStarted() {
        return listener != null;
    }

    boolean holdsKills() {
        return !held.isEmpty();
    }

    void report(TaskId task, TaskState state, Optional<Boolean> healthy) {
        StatusReport report = new StatusReport(
                task,
                Optional.of("S0"),
                state,
                healthy,
                Optional.empty(),
                Optional.empty(),
                List.of(new NetworkAddresses(Optional.empty(), List.of("127.0.0.1"))),
                Instant.EPOCH,
                Optional.empty());
        lastReports.put(task, report);
        thread.execute(() -> listener().onStatus(report));
    }

    @Override
    public void acknowledge(List<StatusReport.Receipt> receipts) {}

    @Override
    public void reconcile(List<KnownTask> tasks) {
        tasks.stream()
                .map(task -> lastReports.get(task.task()))
                .filter(Objects::nonNull)
                .forEach(report -> thread.execute(() -> listener().onStatus(report)));
    }
}
