package io.muster.deploy.engine;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes the engine if this process runs it. Rings into the void otherwise: the engine also looks by itself. */
@Component
public class EngineBell {

    private volatile Runnable listener = () -> {};

    /** There are new deployments or kill requests, committed. Returns at once. */
    public void ring() {
        listener.run();
    }

    /** Rings once the present transaction is committed. */
    public void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ring();
            }
        });
    }

    /** The engine of this process, while it leads; it replaces the one before. */
    public void onRing(Runnable engine) {
        listener = engine;
    }

    /** This process leads no longer. */
    public void nobodyListens() {
        listener = () -> {};
    }
}
