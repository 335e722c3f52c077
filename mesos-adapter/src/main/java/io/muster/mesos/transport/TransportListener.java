package io.muster.mesos.transport;

import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Hears from a {@link Transport}, on a thread of the transport, one call at a time. May block, which makes the master
 * wait; throws nothing.
 */
public interface TransportListener {

    /** A master can be spoken to: now is the time to subscribe. */
    void connected();

    /**
     * Any event, also those that nobody knows; the type is {@code UNKNOWN} then. Fields that its definition requires may
     * be missing. Comes between {@code connected} and {@code disconnected}, but for updates that a transport makes up
     * itself, of launches that it could not pass on.
     */
    void received(Event event);

    /** Something came in the place of an event that nobody can read; the connection goes on with the next one. */
    default void unreadable(String why) {}

    /** The connection is lost, or was not made; a new one is being tried. */
    void disconnected(String reason);

    /** The master answers that this will never work, for instance for lack of credentials; nothing is tried again. */
    void refused(String message);
}
