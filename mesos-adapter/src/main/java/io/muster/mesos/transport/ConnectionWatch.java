package io.muster.mesos.transport;

import io.muster.deploy.cluster.Cluster.SendPermit;
import java.util.Optional;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Sees whether there is a subscription, over all the transports that one process uses, one after the other. */
public final class ConnectionWatch {

    private volatile State state = new State(false, Optional.empty());

    /**
     * What is known.
     *
     * @param lastLoss why the last connection ended, or the last attempt failed; empty when nothing did since the last
     *     subscription
     */
    public record State(boolean subscribed, Optional<String> lastLoss) {}

    public State state() {
        return state;
    }

    /** The same transport, watched. */
    public Transport over(Transport transport) {
        return new Transport() {
            @Override
            public void open(TransportListener listener, SendPermit permit) {
                transport.open(new Watched(listener), permit);
            }

            @Override
            public void send(Call call) {
                transport.send(call);
            }

            @Override
            public void close() {
                transport.close();
                state = new State(false, Optional.empty());
            }
        };
    }

    private final class Watched implements TransportListener {

        private final TransportListener listener;

        private Watched(TransportListener listener) {
            this.listener = listener;
        }

        @Override
        public void connected() {
            listener.connected();
        }

        @Override
        public void received(Event event) {
            if (event.getType() == Event.Type.SUBSCRIBED) {
                state = new State(true, Optional.empty());
            }
            listener.received(event);
        }

        @Override
        public void disconnected(String reason) {
            state = new State(false, Optional.of(reason));
            listener.disconnected(reason);
        }

        @Override
        public void refused(String message) {
            state = new State(false, Optional.of(message));
            listener.refused(message);
        }
    }
}
