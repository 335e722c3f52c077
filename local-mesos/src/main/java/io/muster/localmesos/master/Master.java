package io.muster.localmesos.master;

import io.muster.localmesos.agent.Agent;
import io.muster.localmesos.agent.Agent.Drain;
import io.muster.localmesos.agent.AgentEvents;
import io.muster.localmesos.agent.Link;
import io.muster.localmesos.agent.Registration;
import io.muster.localmesos.agent.TaskStates;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Offers.Holder;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.DomainInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** A leading master: what it hears from frameworks, agents and operators goes to whoever acts on it. On the loop. */
public final class Master implements AgentEvents {
    static final String VERSION = "1.11.0";

    private final Settings settings;
    private final MasterState state;
    private final Wire wire;
    private final Allocator allocator;
    private final Acceptance acceptance;
    private final Operations operations;
    private final Reconciliation reconciliation;
    private final Membership membership;
    private final Draining draining;
    private final Maintenance maintenance;
    private final Subscriptions subscriptions;
    private boolean stopped;

    /**
     * Who the master is and how often it speaks.
     *
     * @param domain where it stands; agents of other regions are remote
     * @param agentTimeout how long an agent may be silent or away before its tasks are unreachable
     */
    public record Settings(
            String id, Duration heartbeat, Duration allocation, Optional<DomainInfo> domain, Duration agentTimeout) {}

    /**
     * A new master that knows what the registry does, and no framework and no task.
     *
     * @param busyPorts ports that are not offered, whatever agents say
     */
    public Master(
            Settings settings,
            EventLoop loop,
            Supplier<UUID> ids,
            Registry registry,
            Wire wire,
            Supplier<BitSet> busyPorts) {
        this.settings = settings;
        this.wire = wire;
        this.state = new MasterState(settings, loop, registry);
        this.allocator = new Allocator(state, busyPorts);
        this.operations = new Operations(state, ids);
        this.acceptance = new Acceptance(state, operations);
        this.reconciliation = new Reconciliation(state);
        this.membership = new Membership(state, allocator);
        this.draining = new Draining(state, membership, allocator);
        this.maintenance = new Maintenance(state, allocator);
        this.subscriptions = new Subscriptions(state, wire, ids, allocator, maintenance);
    }

    public String id() {
        return settings.id();
    }

    /** Takes up its work. */
    public void start(int listeningPort) {
        subscriptions.listenOn(listeningPort);
        membership.expect(List.copyOf(state.registry().admitted()));
        allocator.start(settings.allocation());
        askForMaintenance();
    }

    private void askForMaintenance() {
        state.loop().schedule(settings.allocation(), () -> {
            if (!stopped) {
                maintenance.ask();
                askForMaintenance();
            }
        });
    }

    /** Ends as if it was killed: streams break off, and nothing it planned happens. */
    public void stop() {
        stopped = true;
        allocator.stop();
        state.frameworks().values().forEach(Framework::cut);
        state.agents().values().forEach(KnownAgent::heardOf);
    }

    /**
     * A new subscription: its events, or the one ERROR event that refuses it, go to the sink.
     *
     * @param open makes the sink, which runs what it is given, on the loop, when its reader goes by itself
     */
    public <S extends EventSink> Subscribed<S> subscribe(Call.Subscribe subscribe, Function<Runnable, S> open) {
        return subscriptions.subscribe(subscribe, open);
    }

    /** A subscription's sink and the id that further calls must name. */
    public record Subscribed<S extends EventSink>(String streamId, S sink) {}

    /** Any call but SUBSCRIBE; it was checked as far as that goes without knowing its framework. */
    public Answer receive(Call call, Optional<String> streamId) {
        Framework framework = state.frameworks().get(call.getFrameworkId());
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
        if (call.getType() == Call.Type.UPDATE_FRAMEWORK) {
            return subscriptions.update(framework, call.getUpdateFramework());
        }
        if (!wire.loses(call)) {
            act(framework, call);
        }
        return new Answer.Accepted();
    }

    private void act(Framework framework, Call call) {
        switch (call.getType()) {
            case TEARDOWN -> subscriptions.remove(framework);
            case ACCEPT -> {
                acceptance.accept(framework, call.getAccept()).forEach(allocator::soon);
            }
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
                toAgent(
                        call.getShutdown().getAgentId(),
                        agent -> agent.shutdown(
                                framework.id(), call.getShutdown().getExecutorId()));
            case ACKNOWLEDGE -> {
                Call.Acknowledge ack = call.getAcknowledge();
                toAgent(ack.getAgentId(), agent -> agent.acknowledge(framework.id(), ack.getTaskId(), ack.getUuid()));
            }
            case RECONCILE ->
                reconciliation.reconcile(framework, call.getReconcile().getTasksList());
            case ACCEPT_INVERSE_OFFERS -> {
                Call.AcceptInverseOffers accept = call.getAcceptInverseOffers();
                answerInverse(framework, accept.getInverseOfferIdsList(), true, accept.getFilters());
            }
            case DECLINE_INVERSE_OFFERS -> {
                Call.DeclineInverseOffers decline = call.getDeclineInverseOffers();
                answerInverse(framework, decline.getInverseOfferIdsList(), false, decline.getFilters());
            }
            case ACKNOWLEDGE_OPERATION_STATUS ->
                operations.acknowledge(framework, call.getAcknowledgeOperationStatus());
            case RECONCILE_OPERATIONS ->
                operations.reconcile(framework, call.getReconcileOperations().getOperationsList());
            case MESSAGE, REQUEST -> {
                // Unreliable or advisory by their definition: no agent here listens to them.
            }
            case UNKNOWN, SUBSCRIBE, UPDATE_FRAMEWORK ->
                throw new IllegalArgumentException("Not to be received here: " + call.getType());
        }
    }

    private void answerInverse(Framework framework, List<OfferID> ids, boolean accepted, Filters filters) {
        maintenance.answer(framework, ids, accepted, filters);
    }

    private void toAgent(AgentID id, Consumer<Agent> message) {
        state.connected(id).ifPresent(agent -> agent.link().toAgent(message));
    }

    private void kill(Framework framework, Call.Kill kill) {
        Optional<TaskStatus> known = framework.task(kill.getTaskId());
        if (known.isEmpty()) {
            reconciliation.answerUnknown(framework, kill.getTaskId(), kill.getAgentId());
        } else if (!kill.hasAgentId() || kill.getAgentId().equals(known.get().getAgentId())) {
            var policy = kill.hasKillPolicy() ? Optional.of(kill.getKillPolicy()) : Optional.<KillPolicy>empty();
            toAgent(known.get().getAgentId(), agent -> agent.kill(framework.id(), kill.getTaskId(), policy));
        }
    }

    /** An agent comes, the first time or again. */
    public void register(Link link, Registration registration) {
        membership.register(link, registration);
    }

    /** The connection to an agent broke. */
    public void disconnected(AgentID agent) {
        membership.disconnected(agent);
    }

    /** An agent does not answer any more, though its connection seems to be there. */
    public void silent(AgentID agent) {
        membership.silent(agent);
    }

    /** A silent agent answers again. */
    public void heard(AgentID agent) {
        membership.heard(agent);
    }

    /** An agent leaves in good order. */
    public void unregister(AgentID agent) {
        membership.unregister(agent);
    }

    public void markGone(AgentID agent) {
        membership.markGone(agent);
    }

    public void drain(AgentID agent, Drain how) {
        draining.drain(agent, how);
    }

    public void reactivate(AgentID agent) {
        draining.reactivate(agent);
    }

    /** Plans when an agent will be unavailable; empty if it is not to be any more. */
    public void plan(AgentID agent, Optional<Unavailability> when) {
        maintenance.plan(agent, when);
    }

    /** What a framework said last of leaving an agent that will be unavailable. */
    public Optional<Boolean> inverseAnswer(FrameworkID framework, AgentID agent) {
        return maintenance.answer(framework, agent);
    }

    /** Takes back the outstanding offers with these ids. */
    public void rescind(Predicate<OfferID> which) {
        state.rescind(offer -> which.test(offer.id()));
    }

    /** Ends a framework's stream with an ERROR of this text; the framework may come back. */
    public void fail(FrameworkID framework, String message) {
        subscriptions.fail(framework, message);
    }

    /** Breaks a framework's stream off without a word. */
    public void cut(FrameworkID framework) {
        subscriptions.cut(framework);
    }

    /** The frameworks this master knows. */
    public Set<FrameworkID> frameworks() {
        return Set.copyOf(state.frameworks().keySet());
    }

    @Override
    public void reached(FrameworkID id, TaskStatus status) {
        if (TaskStates.isTerminal(status.getState())
                && state.offers()
                        .release(new Holder(
                                id, Holder.Kind.TASK, status.getTaskId().getValue()))) {
            allocator.soon(status.getAgentId());
        }
    }

    @Override
    public void forward(FrameworkID id, TaskStatus status) {
        Framework framework = state.frameworks().get(id);
        if (framework != null) {
            framework.knows(status);
            framework.send(status);
        }
    }

    @Override
    public void completed(FrameworkID id, TaskID task) {
        Framework framework = state.frameworks().get(id);
        if (framework != null) {
            framework.forget(task);
        }
    }

    @Override
    public void executorEnded(FrameworkID id, AgentID agent, ExecutorID executor, int waitStatus) {
        state.offers().release(new Holder(id, Holder.Kind.EXECUTOR, executor.getValue()));
        Framework framework = state.frameworks().get(id);
        if (framework != null) {
            framework.send(Event.newBuilder()
                    .setType(Event.Type.FAILURE)
                    .setFailure(Event.Failure.newBuilder()
                            .setAgentId(agent)
                            .setExecutorId(executor)
                            .setStatus(waitStatus))
                    .build());
        }
        allocator.soon(agent);
    }

    @Override
    public void drained(AgentID agent) {
        draining.drained(agent);
    }
}
