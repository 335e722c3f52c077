package io.muster.deploy.engine;

import org.springframework.stereotype.Component;

/** Wakes the engine if this process runs it. Rings into the void otherwise: the engine also looks by itself. */
@Component
public class EngineBell {

    private volatile Runnable listener = () -> {};

    /** There are new deployments, committed. Returns at once. */
    public void ring() {
        listener.run();
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
