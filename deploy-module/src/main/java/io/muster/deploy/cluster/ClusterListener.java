package io.muster.deploy.cluster;

/**
 * Hears from the cluster, on a thread of the cluster, one call at a time. The methods may block while the engine is
 * behind, which in turn slows the cluster down; they throw nothing.
 */
public interface ClusterListener {

    /**
     * A subscription began, the first or a later one: offers known before are void, and states may have been missed.
     *
     * @param master host and port of the master that leads; empty if it did not say
     */
    void onSubscribed(FrameworkId id, String master);

    /** The connection was lost; a new one is being tried. */
    void onDisconnected(String reason);

    /** There is at least one offer to match against. */
    void onOffers();

    void onStatus(StatusReport report);

    /** An executor sent something to this framework. */
    void onMessage(ExecutorMessage message);

    /** This framework cannot go on, for instance because it was removed; nothing is tried again. */
    void onRefused(Dismissal why, String message);
}
