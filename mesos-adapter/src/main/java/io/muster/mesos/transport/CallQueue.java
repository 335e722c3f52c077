package io.muster.mesos.transport;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** Calls of one subscription that wait for their turn, and the one thread that sends them. */
final class CallQueue implements AutoCloseable {

    private final BlockingQueue<Call> waiting;
    private final Thread worker;

    /** Starts the thread. */
    CallQueue(String thread, int capacity, Delivery delivery) {
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.worker = Thread.ofPlatform().name(thread).daemon().start(() -> deliverAll(delivery));
    }

    /** Sends one call; throws nothing else. */
    @FunctionalInterface
    interface Delivery {
        void deliver(Call call) throws InterruptedException;
    }

    /** False when there is no room. */
    boolean offer(Call call) {
        return waiting.offer(call);
    }

    /** Ends the thread, and gives the call up that it is sending; calls that wait are dropped. */
    @Override
    public void close() {
        worker.interrupt();
    }

    private void deliverAll(Delivery delivery) {
        try {
            while (true) {
                delivery.deliver(waiting.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
