package io.muster.events.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.muster.events.Event;
import io.muster.events.log.LogBounds;
import io.muster.events.log.LoggedEvent;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;

/** Server-sent events with the line ends of Marathon, which marathon-lb splits at (Marathon, EventSource of Jetty). */
final class Frames {

    private static final String CRLF = "\r\n";

    private Frames() {}

    /** Keeps connections open, and tells those who are gone. No comment line: old clients were never shown one. */
    static byte[] heartbeat() {
        return CRLF.getBytes(UTF_8);
    }

    /** How long a client waits before it comes back. */
    static byte[] retry(long millis) {
        return ("retry: " + millis + CRLF + CRLF).getBytes(UTF_8);
    }

    static Frame of(String logId, LoggedEvent event) {
        String id = "id: " + logId + "-" + event.seq() + CRLF;
        return new Frame(event.type(), event.seq(), (id + lines(event.type(), event.body())).getBytes(UTF_8));
    }

    /** A listener came. */
    static Frame attached(String remoteAddress, Instant at) {
        return ofListener("event_stream_attached", remoteAddress, at);
    }

    /** A listener went. */
    static Frame detached(String remoteAddress, Instant at) {
        return ofListener("event_stream_detached", remoteAddress, at);
    }

    private static Frame ofListener(String type, String remoteAddress, Instant at) {
        return unlogged(
                Event.ofFramework(type, JsonNodeFactory.instance.objectNode().put("remoteAddress", remoteAddress), at));
    }

    /** What follows does not follow on what the client had. */
    static Frame reset(LogBounds bounds, Instant at) {
        return unlogged(Event.ofFramework(
                "stream_reset",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("oldestSeq", bounds.oldest())
                        .put("newestSeq", bounds.newest()),
                at));
    }

    /** Without an id, so that the client keeps the last one that it can come back with. */
    private static Frame unlogged(Event event) {
        return new Frame(
                event.type(), Frame.UNLOGGED, lines(event.type(), event.body()).getBytes(UTF_8));
    }

    /** In JSON the end of a line can only stand between tokens; there a space will do. */
    private static String lines(String type, String body) {
        String oneLine = body.replace('\r', ' ').replace('\n', ' ');
        return "event: " + type + CRLF + "data: " + oneLine + CRLF + CRLF;
    }
}
