package io.muster.deploy.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cluster. All methods return at once and never throw for what the network does: a call that cannot be sent is
 * dropped, because losing the connection leads to a new subscription, after which the engine reconciles and repeats.
 * {@link #match}, {@link #launch}, {@link #abandon} and {@link #wantOffers} are called by the engine thread only. Each
 * is started and stopped once: it serves one term of leadership.
 */
public interface Cluster {

    /**
     * Subscribes, and keeps subscribing whenever the connection is lost, until {@link #stop}.
     *
     * @param known the framework id stored before; empty the first time
     * @param permit asked immediately before each call is sent; a call without permit is dropped
     */
    void start(ClusterListener listener, Optional<FrameworkId> known, SendPermit permit);

    /** Closes the connection and leaves all tasks running. Does nothing when it was not started. */
    void stop();

    /**
     * Whether instances wait for offers. {@code true} is said whenever the demand grows, and revives, so that offers
     * declined before come again; {@code false} suppresses. Revivals are spaced out and never lost.
     */
    void wantOffers(boolean wanted);

    /**
     * Tries the requests, in their order, against the offers at hand. Offers that are used by the result stay reserved
     * for it until {@link #launch} or {@link #abandon}. All others are declined if a request was not placed; otherwise
     * they stay at hand, until no offers are wanted or they have become too old.
     */
    Matching match(List<LaunchRequest> requests);

    /**
     * The same, and looks for reservations.
     *
     * @param unwanted those to be released where an offer shows them, by the ids of the instances they were made for.
     *     Their offers stay reserved for that until {@link #release} or {@link #abandon}
     */
    default Matching match(List<LaunchRequest> requests, Set<InstanceId> unwanted) {
        return match(requests);
    }

    /** Releases what is not wanted; to be called before {@link #launch}, since both may use one offer. */
    default void release(List<Release> releases) {}

    /** Gives the offers of these releases back: that they are not wanted could not be stored. */
    default void abandonReleases(List<Release> releases) {}

    /**
     * Accepts the offers of these placements with their task groups, or with what is to be reserved. The instances are durable by now.
     *
     * @return those for which nothing was sent, because their offer has become void or they cannot be built; Mesos will
     *     never say anything about them
     */
    List<Placement> launch(List<Placement> placements);

    /** Gives the offers of these placements back: their instances could not be stored. */
    void abandon(List<Placement> placements);

    void kill(List<KillOrder> orders);

    /** Confirms reports whose effect is durable. */
    void acknowledge(List<StatusReport.Receipt> receipts);

    /** Asks for the state of these tasks; an empty list asks for all that the master knows. */
    void reconcile(List<KnownTask> tasks);

    /** Whether this process may still act for the framework. */
    @FunctionalInterface
    interface SendPermit {
        boolean maySend();
    }
}
