package io.muster.localmesos.master;

import io.muster.localmesos.agent.Agent;
import io.muster.localmesos.agent.AgentEvents;
import io.muster.localmesos.agent.TaskStates;
import io.muster.localmesos.http.ChunkStream;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Offers.Holder;
import io.muster.localmesos.wire.Encoding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.Address;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.MasterInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** The leading master of a small cluster: subscriptions, tasks, and the calls about them. Everything on the loop. */
public final class Master implements AgentEvents {
    static final String VERSION = "1.11.0";

    private static final long LARGEST_BACKLOG = 64L << 20;
    private static final int REMEMBERED_REMOVALS = 50;
    private static final int LOOPBACK_AS_INT = 0x0100007F;

    private final Settings settings;
    private final EventLoop loop;
    private final Supplier<UUID> ids;
    private final Offers offers = new Offers();
    private final Map<FrameworkID, Framework> frameworks = new LinkedHashMap<>();
    private final Set<FrameworkID> removed = new LinkedHashSet<>();
    private final Allocator allocator;
    private final Acceptance acceptance;
    private int port;
    private long nextFramework;

    /** Who the master is and how often it speaks. */
    public record Settings(String id, Duration heartbeat, Duration allocation) {}

    public Master(Settings settings, EventLoop loop, Supplier<UUID> ids) {
        this.settings = settings;
        this.loop = loop;
        this.ids = ids;
        this.allocator = new Allocator(settings.id(), loop, offers, frameworks, BusyPorts::now);
        this.acceptance = new Acceptance(loop, offers);
    }

    /** Takes up its work; agents come before, frameworks after. */
    public void start(int listeningPort) {
        port = listeningPort;
        allocator.start(settings.allocation());
    }

    public void register(Agent agent) {
        offers.add(agent);
    }

    /** A new subscription: its events, or the one ERROR event that refuses it, follow on the stream. */
    Subscribed subscribe(Call.Subscribe subscribe, Encoding encoding) {
        String streamId = ids.get().toString();
        FrameworkInfo asked = subscribe.getFrameworkInfo();
        FrameworkID id = asked.hasId() ? asked.getId() : newId();
        var chunks = new ChunkStream(LARGEST_BACKLOG, () -> loop.execute(() -> streamEnded(id, streamId)));
        var stream = new EventStream(streamId, encoding, chunks, loop);
        Optional<String> objection =
                removed.contains(id) ? Optional.of("Framework has been removed") : CallValidation.objection(subscribe);
        if (objection.isPresent()) {
            stream.fail(objection.get());
            return new Subscribed(streamId, chunks);
        }
        FrameworkInfo info = asked.toBuilder().setId(id).build();
        Framework framework = frameworks.computeIfAbsent(id, absent -> new Framework(id, info));
        framework.connect(info, subscribe.getSuppressedRolesList(), stream);
        offers.closeAll(id);
        framework.send(Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(id)
                        .setHeartbeatIntervalSeconds(settings.heartbeat().toMillis() / 1000.0)
                        .setMasterInfo(masterInfo()))
                .build());
        stream.beat(settings.heartbeat());
        offers.agents().forEach(agent -> agent.resend(id));
        allocator.soon();
        return new Subscribed(streamId, chunks);
    }

    /** A subscription's stream and the id that further calls must name. */
    record Subscribed(String streamId, ChunkStream stream) {}

    private FrameworkID newId() {
        FrameworkID id;
        do {
            id = FrameworkID.newBuilder()
                    .setValue(String.format("%s-%04d", settings.id(), nextFramework++))
                    .build();
        } while (frameworks.containsKey(id) || removed.contains(id));
        return id;
    }

    private MasterInfo masterInfo() {
        return MasterInfo.newBuilder()
                .setId(settings.id())
                .setIp(LOOPBACK_AS_INT)
                .setPort(port)
                .setPid("master@127.0.0.1:" + port)
                .setHostname("127.0.0.1")
                .setVersion(VERSION)
                .setAddress(Address.newBuilder()
                        .setHostname("127.0.0.1")
                        .setIp("127.0.0.1")
                        .setPort(port))
                .build();
    }

    private void streamEnded(FrameworkID id, String streamId) {
        Framework framework = frameworks.get(id);
        if (framework == null || !framework.isStream(streamId)) {
            return;
        }
        offers.closeAll(id);
        double timeout = Math.clamp(framework.info().getFailoverTimeout(), 0, 1e9);
        framework.disconnect(loop.schedule(Duration.ofMillis((long) (timeout * 1000)), () -> remove(framework)));
        allocator.soon();
    }

    /** Any call but SUBSCRIBE; it was checked as far as that goes without knowing its framework. */
    Answer receive(Call call, Optional<String> streamId) {
        Framework framework = frameworks.get(call.getFrameworkId());
        if (framework == null) {
            return new Answer.Refused(400, "Framework cannot be found");
        }
        if (!framework.isConnected()) {
            return new Answer.Refused(403, "Framework is not subscribed");
        }
        if (streamId.isEmpty()) {
            return new Answer.Refused(400, "All non-subscribe calls should include the 'Mesos-Stream-Id' header");
        }
        if (!framework.isStream(streamId.get())) {
            return new Answer.Refused(
                    400,
                    "The stream ID '" + streamId.get() + "' included in this request didn't match the stream ID"
                            + " currently associated with framework ID "
                            + framework.id().getValue());
        }
        act(framework, call);
        return new Answer.Accepted();
    }

    private void act(Framework framework, Call call) {
        switch (call.getType()) {
            case TEARDOWN -> remove(framework);
            case ACCEPT -> acceptance.accept(framework, call.getAccept());
            case DECLINE ->
                acceptance.decline(
                        framework,
                        call.getDecline().getOfferIdsList(),
                        call.getDecline().getFilters());
            case REVIVE -> {
                framework.revive(call.getRevive().getRolesList());
                allocator.soon();
            }
            case SUPPRESS -> framework.suppress(call.getSuppress().getRolesList());
            case KILL -> kill(framework, call.getKill());
            case SHUTDOWN ->
                offers.agent(call.getShutdown().getAgentId())
                        .ifPresent(agent -> agent.shutdown(
                                framework.id(), call.getShutdown().getExecutorId()));
            case ACKNOWLEDGE ->
                offers.agent(call.getAcknowledge().getAgentId())
                        .ifPresent(agent -> agent.acknowledge(
                                framework.id(),
                                call.getAcknowledge().getTaskId(),
                                call.getAcknowledge().getUuid()));
            case RECONCILE -> reconcile(framework, call.getReconcile().getTasksList());
            case MESSAGE, REQUEST, ACCEPT_INVERSE_OFFERS, DECLINE_INVERSE_OFFERS -> {
                // Unreliable or advisory by their definition: no agent here listens to them.
            }
            case UNKNOWN, SUBSCRIBE, ACKNOWLEDGE_OPERATION_STATUS, RECONCILE_OPERATIONS, UPDATE_FRAMEWORK ->
                throw new IllegalArgumentException("Not to be received here: " + call.getType());
        }
    }

    private void kill(Framework framework, Call.Kill kill) {
        Optional<TaskStatus> known = framework.task(kill.getTaskId());
        if (known.isEmpty()) {
            framework.send(unknown(framework, kill.getTaskId(), kill.getAgentId()));
        } else if (!kill.hasAgentId() || kill.getAgentId().equals(known.get().getAgentId())) {
            var policy = kill.hasKillPolicy() ? Optional.of(kill.getKillPolicy()) : Optional.<KillPolicy>empty();
            offers.agent(known.get().getAgentId())
                    .ifPresent(agent -> agent.kill(framework.id(), kill.getTaskId(), policy));
        }
    }

    private void reconcile(Framework framework, Collection<Call.Reconcile.Task> tasks) {
        Instant now = loop.now();
        if (tasks.isEmpty()) {
            framework.tasks().forEach(status -> framework.send(Statuses.reconciled(status, now)));
        }
        for (Call.Reconcile.Task task : tasks) {
            framework.send(framework
                    .task(task.getTaskId())
                    .map(status -> Statuses.reconciled(status, now))
                    .orElseGet(() -> unknown(framework, task.getTaskId(), task.getAgentId())));
        }
    }

    private TaskStatus unknown(Framework framework, TaskID task, AgentID agent) {
        return Statuses.unknown(framework, task, agent, offers.agent(agent).isPresent(), loop.now());
    }

    /** Ends a framework and all its tasks; its id cannot be used again. */
    private void remove(Framework framework) {
        framework.remove();
        frameworks.remove(framework.id());
        removed.add(framework.id());
        if (removed.size() > REMEMBERED_REMOVALS) {
            removed.remove(removed.iterator().next());
        }
        offers.closeAll(framework.id());
        offers.agents().forEach(agent -> agent.remove(framework.id()));
        allocator.soon();
    }

    @Override
    public void reached(FrameworkID id, TaskStatus status) {
        if (TaskStates.isTerminal(status.getState())
                && offers.release(
                        new Holder(id, Holder.Kind.TASK, status.getTaskId().getValue()))) {
            allocator.soon();
        }
    }

    @Override
    public void forward(FrameworkID id, TaskStatus status) {
        Framework framework = frameworks.get(id);
        if (framework != null) {
            framework.knows(status);
            framework.send(status);
        }
    }

    @Override
    public void completed(FrameworkID id, TaskID task) {
        Framework framework = frameworks.get(id);
        if (framework != null) {
            framework.forget(task);
        }
    }

    @Override
    public void executorEnded(FrameworkID id, AgentID agent, ExecutorID executor) {
        offers.release(new Holder(id, Holder.Kind.EXECUTOR, executor.getValue()));
        Framework framework = frameworks.get(id);
        if (framework != null) {
            framework.send(Event.newBuilder()
                    .setType(Event.Type.FAILURE)
                    .setFailure(Event.Failure.newBuilder()
                            .setAgentId(agent)
                            .setExecutorId(executor)
                            .setStatus(0))
                    .build());
        }
        allocator.soon();
    }
}
