package io.muster.localmesos.master;

import org.apache.mesos.v1.scheduler.Protos.Event;

/** The far end of a subscription: a connection, or whoever listens within this JVM. Called on the loop. */
public interface EventSink {
    void send(Event event);

    /** Sends the beginning of an event and cuts the connection in the middle of it. */
    void tear(Event event);

    /** No event will follow; the reader may take its time for those before. */
    void finish();

    /** Cuts the connection at once. */
    void abort();
}
