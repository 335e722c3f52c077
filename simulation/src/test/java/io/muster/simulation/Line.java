package io.muster.simulation;

import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.localmesos.master.Answer;
import io.muster.localmesos.master.EventSink;
import io.muster.localmesos.master.Leadership;
import io.muster.localmesos.master.Master;
import io.muster.mesos.transport.Transport;
import io.muster.mesos.transport.TransportListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/**
 * The way from one leader to the master, on virtual time. As with TCP what is sent arrives in order and once, or the
 * connection breaks, with all that is under way in both directions; the two ends notice at different times.
 */
final class Line implements Transport {

    private final Stage stage;
    private final CallRules rules;
    private @Nullable TransportListener listener;
    private SendPermit permit = () -> false;
    private @Nullable Connection current;
    private boolean closed;
    /** For how long everything is late. */
    private Instant stalledUntil = Instant.MIN;

    private static final class Connection {
        private Optional<String> streamId = Optional.empty();
        private Runnable leave = () -> {};
        /** The master has noticed that nobody is at our end. */
        private boolean left;
        /** Nothing passes any more. */
        private boolean severed;
        /** The master has taken us in. */
        private boolean subscribed;

        private Instant lastUp = Instant.MIN;
        private Instant lastDown = Instant.MIN;
    }

    Line(Stage stage, CallRules rules) {
        this.stage = stage;
        this.rules = rules;
    }

    @Override
    public void open(TransportListener whoListens, SendPermit whetherToSend) {
        listener = whoListens;
        permit = whetherToSend;
        connectIn(stage.dice.millis(0, 300));
    }

    private void connectIn(Duration pause) {
        stage.loop.schedule(pause, () -> {
            TransportListener ear = listener;
            if (!closed && current == null && ear != null) {
                current = new Connection();
                ear.connected();
            }
        });
    }

    @Override
    public void send(Call call) {
        Connection on = current;
        if (closed || on == null || !permit.maySend()) {
            return;
        }
        if (call.getType() != Call.Type.SUBSCRIBE) {
            if (!on.subscribed) {
                return;
            }
            rules.sending(call);
        }
        on.lastUp = later(on.lastUp);
        stage.loop.schedule(Duration.between(stage.now(), on.lastUp), () -> {
            if (!on.severed) {
                arrive(call, on);
            }
        });
    }

    private Instant later(Instant last) {
        boolean slow = stage.troubled && stage.dice.oneIn(20);
        Instant at = stage.now().plus(slow ? stage.dice.millis(100, 2_000) : stage.dice.millis(0, 8));
        at = at.isBefore(stalledUntil) ? stalledUntil : at;
        return at.isBefore(last) ? last : at;
    }

    private void arrive(Call call, Connection on) {
        if (!(stage.mesos.leadership(0) instanceof Leadership.Leading(Master master))) {
            breakDown(on, "503");
        } else if (call.getType() == Call.Type.SUBSCRIBE) {
            var taken = master.subscribe(call.getSubscribe(), onGone -> {
                on.leave = onGone;
                return new Far(on);
            });
            on.streamId = Optional.of(taken.streamId());
            if (on.left) {
                on.leave.run();
            }
        } else {
            if (call.getType() == Call.Type.ACCEPT) {
                rules.arriving(call.getAccept());
            }
            if (call.getType() == Call.Type.ACKNOWLEDGE) {
                stage.watch.acknowledged(call.getAcknowledge().getUuid());
            }
            if (master.receive(call, on.streamId) instanceof Answer.Refused(int status, String message)) {
                stage.trace.note("master refuses " + call.getType() + ": " + status + " " + message);
                breakDown(on, message);
            }
        }
    }

    /** The master's end. */
    private final class Far implements EventSink {
        private final Connection on;

        private Far(Connection on) {
            this.on = on;
        }

        @Override
        public void send(Event event) {
            stage.watch.said(event);
            on.lastDown = later(on.lastDown);
            stage.loop.schedule(Duration.between(stage.now(), on.lastDown), () -> hear(event));
        }

        private void hear(Event event) {
            TransportListener ear = listener;
            if (closed || on.severed || !on.equals(current) || ear == null) {
                return;
            }
            on.subscribed |= event.getType() == Event.Type.SUBSCRIBED;
            if (event.getType() != Event.Type.HEARTBEAT) {
                stage.trace.note("<- " + MesosWatch.shown(event));
            }
            ear.received(event);
        }

        @Override
        public void tear(Event event) {
            breakDown(on, "torn");
        }

        @Override
        public void finish() {
            // What was sent before is still heard.
            stage.loop.schedule(
                    Duration.between(stage.now(), later(on.lastDown)), () -> breakDown(on, "end of stream"));
        }

        @Override
        public void abort() {
            breakDown(on, "reset by peer");
        }
    }

    private void breakDown(Connection on, String why) {
        on.severed = true;
        notice(on, why, stage.dice.millis(0, 200));
    }

    private void notice(Connection on, String why, Duration after) {
        stage.loop.schedule(after, () -> {
            TransportListener ear = listener;
            if (!closed && on.equals(current) && ear != null) {
                current = null;
                stage.trace.note("connection lost: " + why);
                ear.disconnected(why);
                connectIn(stage.dice.millis(100, 3_000));
            }
        });
    }

    /** Cuts the connection, if there is one; our end and that of the master notice after a while. */
    void cut() {
        Connection on = current;
        if (on != null) {
            on.severed = true;
            notice(on, "cut", stage.dice.millis(0, 15_000));
            leave(on, stage.dice.millis(0, 15_000));
        }
    }

    /** Whatever is said from now on arrives no earlier than then. */
    void stall(Duration time) {
        stalledUntil = stage.now().plus(time);
    }

    @Override
    public void close() {
        closed = true;
        Connection on = current;
        if (on != null) {
            on.severed = stage.dice.oneIn(2);
            leave(on, stage.dice.millis(0, 5_000));
        }
    }

    /** The master notices after a while; a subscription that arrives later is one of nobody. */
    private void leave(Connection on, Duration after) {
        stage.loop.schedule(after, () -> {
            on.left = true;
            on.leave.run();
        });
    }
}
