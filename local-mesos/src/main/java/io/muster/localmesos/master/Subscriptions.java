package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Master.Subscribed;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.Address;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.MasterInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Frameworks as they come, say who they are, go, and are removed when they stay away for too long. On the loop. */
final class Subscriptions {
    private static final int REMEMBERED_REMOVALS = 50;
    private static final int LOOPBACK_AS_INT = 0x0100007F;
    private static final double LONGEST_TIMEOUT_SECONDS = 1e9;

    private final MasterState state;
    private final EventLoop loop;
    private final Wire wire;
    private final Supplier<UUID> ids;
    private final Allocator allocator;
    private final Maintenance maintenance;
    private final Set<FrameworkID> removed = new LinkedHashSet<>();
    private int port;
    private long nextFramework;

    Subscriptions(MasterState state, Wire wire, Supplier<UUID> ids, Allocator allocator, Maintenance maintenance) {
        this.state = state;
        this.loop = state.loop();
        this.wire = wire;
        this.ids = ids;
        this.allocator = allocator;
        this.maintenance = maintenance;
    }

    void listenOn(int listeningPort) {
        port = listeningPort;
    }

    <S extends EventSink> Subscribed<S> subscribe(Call.Subscribe subscribe, Function<Runnable, S> open) {
        String streamId = ids.get().toString();
        FrameworkInfo asked = subscribe.getFrameworkInfo();
        Optional<String> objection = removed.contains(asked.getId())
                ? Optional.of("Framework has been removed")
                : CallValidation.objection(asked, subscribe.getSuppressedRolesList());
        if (objection.isPresent()) {
            S refused = open.apply(() -> {});
            new EventStream(streamId, refused, wire, loop).fail(objection.get());
            return new Subscribed<>(streamId, refused);
        }
        FrameworkID id = asked.hasId() ? asked.getId() : newId();
        S sink = open.apply(() -> streamEnded(id, streamId));
        var stream = new EventStream(streamId, sink, wire, loop);
        FrameworkInfo info = asked.toBuilder().setId(id).build();
        Framework framework = state.frameworks().computeIfAbsent(id, absent -> new Framework(id, info));
        framework.connect(info, subscribe.getSuppressedRolesList(), stream);
        state.offers().closeAll(id);
        maintenance.forget(id);
        framework.send(Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(id)
                        .setHeartbeatIntervalSeconds(
                                state.settings().heartbeat().toMillis() / 1000.0)
                        .setMasterInfo(masterInfo()))
                .build());
        stream.beat(state.settings().heartbeat());
        state.agents().values().forEach(agent -> agent.link().toAgent(to -> to.resend(id)));
        allocator.soon();
        return new Subscribed<>(streamId, sink);
    }

    private FrameworkID newId() {
        FrameworkID id;
        do {
            id = FrameworkID.newBuilder()
                    .setValue(String.format("%s-%04d", state.settings().id(), nextFramework++))
                    .build();
        } while (state.frameworks().containsKey(id) || removed.contains(id));
        return id;
    }

    private MasterInfo masterInfo() {
        var info = MasterInfo.newBuilder()
                .setId(state.settings().id())
                .setIp(LOOPBACK_AS_INT)
                .setPort(port)
                .setPid("master@127.0.0.1:" + port)
                .setHostname("127.0.0.1")
                .setVersion(Master.VERSION)
                .setAddress(Address.newBuilder()
                        .setHostname("127.0.0.1")
                        .setIp("127.0.0.1")
                        .setPort(port))
                .addCapabilities(MasterInfo.Capability.newBuilder().setType(MasterInfo.Capability.Type.AGENT_UPDATE))
                .addCapabilities(MasterInfo.Capability.newBuilder().setType(MasterInfo.Capability.Type.AGENT_DRAINING));
        state.settings().domain().ifPresent(info::setDomain);
        return info.build();
    }

    /** Replaces what a subscribed framework says of itself; offers for roles it has left are taken back. */
    Answer update(Framework framework, Call.UpdateFramework update) {
        FrameworkInfo info = update.getFrameworkInfo();
        Optional<String> objection = CallValidation.objection(info, update.getSuppressedRolesList())
                .or(() -> CallValidation.updateObjection(framework.info(), info));
        if (objection.isPresent()) {
            return new Answer.Refused(400, "FrameworkInfo update is not valid: " + objection.get());
        }
        framework.update(info, update.getSuppressedRolesList());
        var roles = Framework.roles(info);
        state.rescind(offer -> offer.framework().equals(framework.id()) && !roles.contains(offer.role()));
        allocator.soon();
        return new Answer.Done();
    }

    private void streamEnded(FrameworkID id, String streamId) {
        Framework framework = state.frameworks().get(id);
        if (framework != null && framework.isStream(streamId)) {
            disconnect(framework);
        }
    }

    private void disconnect(Framework framework) {
        state.offers().closeAll(framework.id());
        maintenance.forget(framework.id());
        double timeout = Math.clamp(framework.info().getFailoverTimeout(), 0, LONGEST_TIMEOUT_SECONDS);
        framework.disconnect(loop.schedule(Duration.ofMillis((long) (timeout * 1000)), () -> remove(framework)));
        allocator.soon();
    }

    /** Ends a stream with an ERROR; the framework may subscribe again. */
    void fail(FrameworkID id, String message) {
        Framework framework = state.frameworks().get(id);
        if (framework != null) {
            framework.fail(message);
            disconnect(framework);
        }
    }

    /** Breaks a stream off; the framework may subscribe again. */
    void cut(FrameworkID id) {
        Framework framework = state.frameworks().get(id);
        if (framework != null) {
            framework.cut();
            disconnect(framework);
        }
    }

    /** Ends a framework and all its tasks; its id cannot be used again. */
    void remove(Framework framework) {
        framework.remove();
        state.frameworks().remove(framework.id());
        removed.add(framework.id());
        if (removed.size() > REMEMBERED_REMOVALS) {
            removed.remove(removed.iterator().next());
        }
        state.offers().closeAll(framework.id());
        maintenance.forget(framework.id());
        state.agents().values().forEach(agent -> agent.link().toAgent(to -> to.remove(framework.id())));
        allocator.soon();
    }
}
