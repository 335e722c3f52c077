package io.muster.localmesos.master;

import io.muster.localmesos.agent.Link;
import io.muster.localmesos.agent.Registration;
import io.muster.localmesos.agent.TaskStates;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Offers.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Which agents belong to the cluster, and what becomes of their tasks when they come, go or stay silent. On the loop. */
final class Membership {
    private final MasterState state;
    private final EventLoop loop;
    private final Allocator allocator;

    Membership(MasterState state, Allocator allocator) {
        this.state = state;
        this.loop = state.loop();
        this.allocator = allocator;
    }

    /** Takes an agent in, or back, with all that it says it has; one that is gone for good is sent away. */
    void register(Link link, Registration registration) {
        AgentID id = registration.info().getId();
        if (state.registry().isGone(id)) {
            link.toAgent(agent -> agent.retire());
            return;
        }
        boolean returns = state.registry().unreachableSince(id).isPresent();
        KnownAgent before = state.agents().get(id);
        if (before != null) {
            before.heardOf();
            state.rescindOf(id);
        }
        var known = new KnownAgent(registration.info(), registration.total(), link);
        state.agents().put(id, known);
        state.registry().admit(id);
        registration.frameworks().forEach(this::learn);
        account(registration);
        reportMissing(known, registration);
        for (Registration.KnownTask task : registration.tasks()) {
            Framework framework = state.frameworks().get(task.framework());
            if (framework == null) {
                continue;
            }
            if (framework.task(task.latest().getTaskId()).isEmpty()) {
                framework.knows(task.latest());
            }
            if (returns) {
                framework.knows(task.latest());
                framework.send(Statuses.returned(task.latest(), loop.now()));
            }
        }
        state.registry().draining(id).ifPresent(drain -> link.toAgent(agent -> agent.drain(drain)));
        link.toAgent(agent -> agent.resendAll());
        allocator.soon();
    }

    /** A framework that a new master hears of from an agent first, and waits for. */
    private void learn(FrameworkInfo info) {
        state.frameworks().computeIfAbsent(info.getId(), absent -> new Framework(info.getId(), info));
    }

    private void account(Registration registration) {
        AgentID id = registration.info().getId();
        state.offers().remove(id);
        state.offers().add(id, registration.total());
        for (Registration.LivingExecutor executor : registration.executors()) {
            if (!executor.resources().isEmpty()) {
                var holder = new Holder(
                        executor.framework(),
                        Holder.Kind.EXECUTOR,
                        executor.executor().getValue());
                state.offers().hold(holder, id, executor.role(), executor.resources());
            }
        }
        for (Registration.KnownTask task : registration.tasks()) {
            if (!TaskStates.isTerminal(task.latest().getState())) {
                var holder = new Holder(
                        task.framework(),
                        Holder.Kind.TASK,
                        task.latest().getTaskId().getValue());
                state.offers().hold(holder, id, task.role(), task.resources());
            }
        }
    }

    /** Tasks that were sent to the agent and never came there are reported by the agent, and so acknowledged. */
    private void reportMissing(KnownAgent known, Registration registration) {
        Set<TaskID> there = registration.tasks().stream()
                .map(task -> task.latest().getTaskId())
                .collect(Collectors.toSet());
        for (Framework framework : state.frameworks().values()) {
            for (TaskStatus status : framework.tasksOn(known.id())) {
                if (!there.contains(status.getTaskId())) {
                    known.link().toAgent(agent -> agent.reconcile(framework.info(), status.getTaskId()));
                }
            }
        }
    }

    /** The connection to an agent broke: it makes no offers, and is given up unless it comes back in time. */
    void disconnected(AgentID id) {
        state.connected(id).ifPresent(agent -> {
            agent.disconnect();
            state.rescindOf(id);
            giveUpAfter(agent, state.settings().agentTimeout());
        });
    }

    /** An agent stopped answering, which the master notices when it has not answered for long enough. */
    void silent(AgentID id) {
        state.connected(id)
                .ifPresent(agent -> giveUpAfter(agent, state.settings().agentTimeout()));
    }

    /** The agent answers again. */
    void heard(AgentID id) {
        state.connected(id).ifPresent(KnownAgent::heardOf);
    }

    private void giveUpAfter(KnownAgent agent, Duration time) {
        agent.givenUpBy(loop.schedule(time, () -> unreachable(agent)));
    }

    /** A new master waits for the agents of its predecessor that long, and then gives them up. */
    void expect(List<AgentID> agents) {
        loop.schedule(
                state.settings().agentTimeout(),
                () -> agents.stream()
                        .filter(id -> state.registry().isAdmitted(id)
                                && !state.agents().containsKey(id))
                        .forEach(id -> state.registry().markUnreachable(id, loop.now())));
    }

    private void unreachable(KnownAgent agent) {
        Instant now = loop.now();
        state.registry().markUnreachable(agent.id(), now);
        lose(
                agent,
                (framework, task) -> Statuses.agentLost(
                                task,
                                Statuses.orLost(framework, TaskState.TASK_UNREACHABLE),
                                "health check timed out",
                                now)
                        .setReason(TaskStatus.Reason.REASON_AGENT_REMOVED)
                        .setUnreachableTime(Statuses.time(now))
                        .build());
    }

    /** An operator says that the agent will never come back. */
    void markGone(AgentID id) {
        state.registry().markGone(id);
        KnownAgent agent = state.agents().get(id);
        if (agent != null) {
            agent.link().toAgent(to -> to.retire());
            agent.link().leadTo(null);
            lose(
                    agent,
                    (framework, task) -> Statuses.agentLost(
                                    task,
                                    Statuses.orLost(framework, TaskState.TASK_GONE_BY_OPERATOR),
                                    "Agent has been marked gone",
                                    loop.now())
                            .setReason(TaskStatus.Reason.REASON_AGENT_REMOVED_BY_OPERATOR)
                            .build());
        }
    }

    /** The agent says that it leaves: its tasks are lost, whatever their frameworks know of partitions. */
    void unregister(AgentID id) {
        KnownAgent agent = state.agents().get(id);
        if (agent != null) {
            state.registry().remove(id);
            String host = agent.info().getHostname();
            lose(
                    agent,
                    (framework, task) -> Statuses.agentLost(
                                    task,
                                    TaskState.TASK_LOST,
                                    "Agent " + host + " removed: the agent unregistered",
                                    loop.now())
                            .setReason(TaskStatus.Reason.REASON_AGENT_REMOVED)
                            .build());
        }
    }

    private interface LastWord {
        TaskStatus on(Framework framework, TaskStatus latest);
    }

    /** In the order in which it was recorded: the tasks, the offers, and at last the agent itself. */
    private void lose(KnownAgent agent, LastWord lastWord) {
        agent.heardOf();
        state.agents().remove(agent.id());
        for (Framework framework : state.frameworks().values()) {
            for (TaskStatus task : framework.tasksOn(agent.id())) {
                framework.forget(task.getTaskId());
                if (!TaskStates.isTerminal(task.getState())) {
                    framework.send(lastWord.on(framework, task));
                }
            }
        }
        state.rescindOf(agent.id());
        state.offers().remove(agent.id());
        var failure = Event.newBuilder()
                .setType(Event.Type.FAILURE)
                .setFailure(Event.Failure.newBuilder().setAgentId(agent.id()))
                .build();
        state.frameworks().values().forEach(framework -> framework.send(failure));
    }
}
