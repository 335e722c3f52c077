package io.muster.mesos.transport;

import io.muster.deploy.cluster.Cluster.SendPermit;
import org.apache.mesos.v1.scheduler.Protos.Call;

/**
 * A way to the leading master, in the messages of the v1 scheduler API. It finds the master, keeps one connection to
 * it, and makes a new one, after a growing pause, whenever that is lost.
 *
 * <p>A connection goes like this, again and again until {@link #close}:
 *
 * <ol>
 *   <li>{@link TransportListener#connected}: the listener sends a SUBSCRIBE before it returns; if it does not, the
 *       attempt counts as failed;
 *   <li>{@link TransportListener#received} for each event, in the order of the master;
 *   <li>{@link TransportListener#disconnected}: nothing of this connection comes any more.
 * </ol>
 *
 * <p>{@link TransportListener#refused} takes the place of {@code disconnected} when trying again is of no use. It is
 * the last call of all.
 */
public interface Transport extends AutoCloseable {

    /**
     * Begins to connect, and returns at once. To be called once.
     *
     * @param permit asked immediately before each call is written; a call without permit is dropped
     */
    void open(TransportListener listener, SendPermit permit);

    /**
     * Sends a call. Returns at once, throws nothing, and may be called from any thread. Calls are sent one after the
     * other in the order given. A call is dropped when there is no subscription, or when the connection it was given to
     * is lost before its turn; a transport may tell of launches among them, as dropped tasks. A call that cannot be
     * delivered, and more calls than can be kept waiting, end the connection: what was lost heals by the reconciliation
     * after the next subscription.
     */
    void send(Call call);

    /**
     * Ends the connection without telling the master more than that; tasks go on. Returns without waiting for a
     * listener, which may be blocked; after the call to it that is under way, if any, no other is begun. May be called
     * from a listener, and again.
     */
    @Override
    void close();
}
