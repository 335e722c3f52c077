package io.muster.deploy.engine;

import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.Disconnected;
import io.muster.deploy.engine.EngineInput.MessageCame;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.engine.EngineInput.Subscribed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What waits for the engine: bounded, in order. The cluster blocks while it is full, which slows Mesos down instead of
 * filling the memory. Signals that carry nothing are held once, however often they are given.
 */
final class Mailbox implements ClusterListener {

    private final BlockingQueue<EngineInput> queue;
    private final AtomicBoolean offersWaiting = new AtomicBoolean();
    private final AtomicBoolean changesWaiting = new AtomicBoolean();
    private final AtomicReference<Optional<Dismissed>> dismissed = new AtomicReference<>(Optional.empty());

    Mailbox(int capacity) {
        queue = new ArrayBlockingQueue<>(capacity);
    }

    /** Deployments or kill requests may have been accepted. Never blocks: if there is no room, the next round looks anyway. */
    void wake() {
        if (changesWaiting.compareAndSet(false, true) && !queue.offer(new ChangesCame())) {
            changesWaiting.set(false);
        }
    }

    /**
     * Takes what is there, oldest first.
     *
     * @param patience how long to wait for the first input
     * @return at most {@code limit} inputs; empty if none came in time
     */
    List<EngineInput> drain(int limit, Duration patience) throws InterruptedException {
        List<EngineInput> inputs = new ArrayList<>();
        EngineInput first = queue.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            inputs.add(first);
            queue.drainTo(inputs, limit - 1);
        }
        for (EngineInput input : inputs) {
            switch (input) {
                case OffersCame() -> offersWaiting.set(false);
                case ChangesCame() -> changesWaiting.set(false);
                case Subscribed _, Disconnected _, Reported _, MessageCame _ -> {}
            }
        }
        return inputs;
    }

    /** Why this framework cannot go on; empty while it can. */
    Optional<Dismissed> dismissed() {
        return dismissed.get();
    }

    int size() {
        return queue.size();
    }

    @Override
    public void onSubscribed(FrameworkId id, String master) {
        put(new Subscribed(id, master));
    }

    @Override
    public void onDisconnected(String reason) {
        put(new Disconnected(reason));
    }

    @Override
    public void onOffers() {
        if (offersWaiting.compareAndSet(false, true)) {
            put(new OffersCame());
        }
    }

    @Override
    public void onStatus(StatusReport report) {
        put(new Reported(report));
    }

    @Override
    public void onMessage(ExecutorMessage message) {
        put(new MessageCame(message));
    }

    @Override
    public void onRefused(Dismissal why, String message) {
        dismissed.set(Optional.of(new Dismissed(why, message)));
        wake();
    }

    private void put(EngineInput input) {
        try {
            queue.put(input);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
