package io.muster.mesos.transport.jni;

import org.apache.mesos.v1.scheduler.Protos.Event;

/** What the thread of the transport hears. */
sealed interface Signal {

    /** A master can be spoken to. */
    record Connected(NativeLink by) implements Signal {}

    /** It cannot any more. */
    record Disconnected(NativeLink by) implements Signal {}

    /** An event of the master, or of the library. */
    record Received(NativeLink by, Event event) implements Signal {}

    /** An event that the transport makes up. */
    record MadeUp(Event event) implements Signal {}

    /** Something else has changed: it is time to look around. */
    record Wake() implements Signal {}
}
