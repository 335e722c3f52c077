package io.muster.deploy.engine;

import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.Disconnected;
import io.muster.deploy.model.DeployEvent.LeaderChanged;
import io.muster.deploy.model.DeployEvent.MessageCame;
import io.muster.deploy.model.DeployEvent.PodWaiting;
import io.muster.deploy.model.DeployEvent.Subscribed;
import io.muster.history.PodId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What one leader tells that follows from nothing that is stored, so that a round that failed would not find it again. It
 * is kept until a round that tells it is stored.
 */
final class News {

    /** While the database is away, what is older than so many others is forgotten. */
    static final int MOST = 1_000;

    /** That a pod waits is told so often at most. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Deque<DeployEvent> unstored = new ArrayDeque<>();
    private final Map<PodId, Instant> waiting = new HashMap<>();
    private boolean subscribedBefore;

    void leads(String leader, long epoch, Instant now) {
        keep(new LeaderChanged(leader, epoch, now));
    }

    void subscribed(FrameworkId framework, String master, Instant now, Changes changes) {
        tell(new Subscribed(framework, master, subscribedBefore, now), changes);
        subscribedBefore = true;
    }

    void disconnected(Instant now, Changes changes) {
        tell(new Disconnected(now), changes);
    }

    void messageCame(ExecutorMessage message, Instant now, Changes changes) {
        tell(new MessageCame(message, now), changes);
    }

    /**
     * Instances of these pods found no place in this round.
     *
     * @param refused by pod, in the order to be told
     */
    void wait(Map<PodId, Map<Refusal, Long>> refused, Instant now, Changes changes) {
        waiting.values().removeIf(told -> !told.plus(PAUSE).isAfter(now));
        refused.forEach((pod, counts) -> {
            if (waiting.putIfAbsent(pod, now) == null) {
                tell(new PodWaiting(pod, counts, now), changes);
            }
        });
    }

    private void tell(DeployEvent event, Changes changes) {
        changes.tell(event);
        keep(event);
    }

    private void keep(DeployEvent event) {
        if (unstored.size() == MOST) {
            unstored.removeFirst();
        }
        unstored.addLast(event);
    }

    /** At the begin of a round: what the one before could not store. */
    void tellAgain(Changes changes) {
        unstored.forEach(changes::tell);
    }

    void stored() {
        unstored.clear();
    }
}
