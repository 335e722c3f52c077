package io.muster.mesos.transport.jni;

import io.muster.mesos.transport.HttpTransport;
import io.muster.mesos.transport.HttpTransportSettings;
import io.muster.mesos.transport.TransportListener;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * A {@code V0Mesos} as in {@code src/java/jni/org_apache_mesos_v1_scheduler_V0Mesos.cpp}: it registers by itself, keeps
 * events back until it is sent a SUBSCRIBE, leaves out what the older driver does not know, and loses what it is sent
 * while it is not registered, task groups among them. An ERROR ends it.
 */
final class V0Side implements NativeSide.Side, TransportListener {

    private final HttpTransport transport;
    private final Outbox outbox = new Outbox();
    private final Queue<Event> pending = new ArrayDeque<>();
    private FrameworkInfo framework;
    private boolean registered;
    private boolean subscribeCall;

    V0Side(URI leader, FrameworkInfo framework) {
        this.framework = framework;
        this.transport = new HttpTransport(
                HttpTransportSettings.of(List.of(leader), Duration.ofMillis(200)), Clock.systemUTC(), new Random(4));
        transport.open(this, () -> true);
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public synchronized void send(Call call) {
        switch (call.getType()) {
            case SUBSCRIBE -> {
                subscribeCall = true;
                deliver();
            }
            case ACCEPT, DECLINE, TEARDOWN, ACKNOWLEDGE, MESSAGE, REQUEST -> transport.send(call);
            case REVIVE -> transport.send(call.toBuilder().clearRevive().build());
            case SUPPRESS -> transport.send(call.toBuilder().clearSuppress().build());
            case KILL -> {
                Call.Builder kill = call.toBuilder();
                kill.getKillBuilder().clearAgentId().clearKillPolicy();
                transport.send(kill.build());
            }
            case RECONCILE -> {
                Call.Builder reconcile = call.toBuilder();
                reconcile
                        .getReconcileBuilder()
                        .getTasksBuilderList()
                        .forEach(Call.Reconcile.Task.Builder::clearAgentId);
                transport.send(reconcile.build());
            }
            default -> throw new IllegalStateException("libmesos loses this or ends the process: " + call.getType());
        }
    }

    @Override
    public void reconnect() {
        throw new IllegalStateException("V0Mesos.reconnect does nothing");
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public synchronized void connected() {
        Call.Builder call = Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(framework));
        if (framework.hasId()) {
            call.setFrameworkId(framework.getId());
        }
        transport.send(call.build());
    }

    @Override
    public synchronized void received(Event event) {
        switch (event.getType()) {
            case SUBSCRIBED -> {
                FrameworkID id = event.getSubscribed().getFrameworkId();
                framework = framework.toBuilder().setId(id).build();
                registered = true;
                outbox.connected();
                hold(event.toBuilder()
                        .setSubscribed(event.getSubscribed().toBuilder().setHeartbeatIntervalSeconds(15))
                        .build());
                hold(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());
            }
            case OFFERS, RESCIND, UPDATE, MESSAGE, FAILURE -> hold(event);
            case ERROR -> error(event.getError().getMessage());
            default -> {}
        }
    }

    @Override
    public synchronized void disconnected(String reason) {
        if (registered) {
            registered = false;
            subscribeCall = false;
            pending.clear();
            outbox.disconnected();
        }
    }

    @Override
    public synchronized void refused(String message) {
        error(message);
    }

    private void error(String message) {
        if (!subscribeCall) {
            outbox.connected();
        }
        hold(Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage(message))
                .build());
        transport.close();
    }

    private void hold(Event event) {
        pending.add(event);
        if (subscribeCall) {
            deliver();
        }
    }

    private void deliver() {
        while (!pending.isEmpty()) {
            outbox.received(pending.remove());
        }
    }
}
