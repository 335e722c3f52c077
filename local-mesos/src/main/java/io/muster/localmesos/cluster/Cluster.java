package io.muster.localmesos.cluster;

import io.muster.localmesos.agent.Agent;
import io.muster.localmesos.agent.Agent.Drain;
import io.muster.localmesos.agent.Agent.Machine;
import io.muster.localmesos.agent.ContainerRunner;
import io.muster.localmesos.agent.Link;
import io.muster.localmesos.agent.Registration;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Leadership;
import io.muster.localmesos.master.Master;
import io.muster.localmesos.master.Registry;
import io.muster.localmesos.master.Wire;
import io.muster.localmesos.resources.Resources;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.DomainInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskResourceLimitation;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Unavailability;
import org.jspecify.annotations.Nullable;

/** Agents and the master that leads them, and all that can be done to them. Everything on the loop. */
public final class Cluster {
    private final EventLoop loop;
    private final ContainerRunner runner;
    private final Supplier<UUID> ids;
    private final Settings settings;
    private final Supplier<BitSet> busyPorts;
    private final Registry registry = new Registry();
    private final Wire wire;
    private final Map<AgentID, Member> members = new LinkedHashMap<>();
    private final Seats seats = new Seats();
    private @Nullable Master master;
    private long nextAgent;

    /**
     * How the cluster behaves.
     *
     * @param heartbeat how often a subscription hears a HEARTBEAT
     * @param allocation how often free resources are offered, besides when they become free
     * @param agentTimeout how long an agent may be silent or away before its tasks are unreachable
     * @param executorStart how long an executor takes until its first group is delivered
     * @param domain the region and zone of the masters
     */
    public record Settings(
            Duration heartbeat,
            Duration allocation,
            Duration agentTimeout,
            Duration executorStart,
            Optional<DomainInfo> domain) {

        /** As a Mesos without any flags: 15 s, 1 s, 75 s (five pings); executors start at once. */
        public static Settings defaults() {
            return new Settings(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(75),
                    Duration.ZERO,
                    Optional.empty());
        }
    }

    private record Member(Agent agent, Link link) {}

    /** A cluster without agents and without a leading master. */
    public Cluster(
            EventLoop loop, ContainerRunner runner, Supplier<UUID> ids, Settings settings, Supplier<BitSet> busyPorts) {
        this.loop = loop;
        this.runner = runner;
        this.ids = ids;
        this.settings = settings;
        this.busyPorts = busyPorts;
        this.wire = new Wire(loop);
    }

    /** What lies between the master and the frameworks. */
    public Wire wire() {
        return wire;
    }

    /** The places of masters, of which one leads. */
    public Seats seats() {
        return seats;
    }

    /** What a master in this seat is now. */
    public Leadership leadership(int seat) {
        Optional<String> elsewhere = seats.leaderAsSeenFrom(seat);
        if (elsewhere.isPresent()) {
            return new Leadership.Following(elsewhere.get());
        }
        if (!seats.hasLeader()) {
            return new Leadership.Leaderless();
        }
        Master leading = master;
        return leading == null ? new Leadership.Recovering() : new Leadership.Leading(leading);
    }

    /** The leading master; empty while there is none, or while it recovers. */
    public Optional<Master> master() {
        return Optional.ofNullable(master);
    }

    private void onMaster(Consumer<Master> message) {
        master().ifPresent(message);
    }

    /** A new master takes its seat and leads; the agents that are connected come to it after a while. */
    public void elect(int seat, Duration recovery, Duration agentsComeAfter) {
        seats.lead(seat);
        later(recovery, () -> {
            var identity = new Master.Settings(
                    ids.get().toString(),
                    settings.heartbeat(),
                    settings.allocation(),
                    settings.domain(),
                    settings.agentTimeout());
            var newMaster = new Master(identity, loop, ids, registry, wire, busyPorts);
            master = newMaster;
            newMaster.start(seats.port(seat));
            for (Member member : List.copyOf(members.values())) {
                later(agentsComeAfter, () -> {
                    boolean left = !members.containsKey(member.agent().id());
                    if (newMaster.equals(master) && !member.link().isCut() && !left) {
                        register(member);
                    }
                });
            }
        });
    }

    private void later(Duration delay, Runnable task) {
        if (delay.isZero()) {
            task.run();
        } else {
            loop.schedule(delay, task);
        }
    }

    /** The leading master dies: all streams break off, and nobody leads. */
    public void loseMaster() {
        onMaster(Master::stop);
        master = null;
        members.values().forEach(member -> member.link().leadTo(null));
        seats.leaderless();
    }

    /**
     * The leading master dies and another one takes the same seat at once.
     *
     * @param recovery how long it reads what its predecessor left, and answers 503
     * @param agentsComeAfter how long, after that, agents take to register with it
     */
    public void failOver(Duration recovery, Duration agentsComeAfter) {
        int seat = seats.leader();
        loseMaster();
        elect(seat, recovery, agentsComeAfter);
    }

    /** Adds an agent and registers it; its id is that of the leading master and a number. */
    public AgentID addAgent(AgentSpec spec) {
        Master leading = master().orElseThrow(() -> new IllegalStateException("No master leads"));
        var id =
                AgentID.newBuilder().setValue(leading.id() + "-S" + nextAgent++).build();
        var info = AgentInfo.newBuilder().setId(id).setHostname(spec.hostname()).addAllAttributes(spec.attributes());
        spec.domain().ifPresent(info::setDomain);
        var link = new Link();
        var agent = new Agent(
                new Machine(loop, runner, ids, settings.executorStart()),
                link,
                info.build(),
                Resources.of(spec.resources()));
        link.attach(agent);
        var member = new Member(agent, link);
        members.put(id, member);
        register(member);
        return id;
    }

    private void register(Member member) {
        onMaster(leading -> {
            member.link().leadTo(leading);
            leading.register(member.link(), member.agent().registration());
        });
    }

    /** All agents that did not leave for good; in the order in which they came. */
    public List<AgentID> agents() {
        return List.copyOf(members.keySet());
    }

    /** All these agents with what they have, in the same order. */
    public List<Registration> registrations() {
        return members.values().stream()
                .map(member -> member.agent().registration())
                .toList();
    }

    private Member member(AgentID agent) {
        Member member = members.get(agent);
        if (member == null) {
            throw new IllegalArgumentException("No such agent: " + agent.getValue());
        }
        return member;
    }

    /** Messages to and from the agent are lost, and the master notices only by its silence. */
    public void partition(AgentID agent) {
        member(agent).link().setCut(true);
        onMaster(leading -> leading.silent(agent));
    }

    /** The agent's connection breaks, as when its process ends; its containers live on. */
    public void disconnect(AgentID agent) {
        member(agent).link().setCut(true);
        onMaster(leading -> leading.disconnected(agent));
    }

    /** The agent is reached again, registers anew, and repeats what was not acknowledged. */
    public void reconnect(AgentID agent) {
        Member member = member(agent);
        member.link().setCut(false);
        register(member);
    }

    /** The agent says farewell and is no more, nor are its containers. */
    public void unregister(AgentID agent) {
        Member member = member(agent);
        onMaster(leading -> leading.unregister(agent));
        leave(member);
    }

    /** An operator says that the agent will never come back; if it does, it is sent away. */
    public void markGone(AgentID agent) {
        onMaster(leading -> leading.markGone(agent));
    }

    private void leave(Member member) {
        member.link().leadTo(null);
        members.remove(member.agent().id());
        member.agent().retire();
    }

    /** Nothing is offered of the agent any more, and its tasks are ended. */
    public void drain(AgentID agent, Drain how) {
        onMaster(leading -> leading.drain(agent, how));
    }

    /** A drained agent takes tasks again. */
    public void reactivate(AgentID agent) {
        onMaster(leading -> leading.reactivate(agent));
    }

    /** Plans when the agent will be unavailable; empty if it is not to be any more. */
    public void plan(AgentID agent, Optional<Unavailability> when) {
        onMaster(leading -> leading.plan(agent, when));
    }

    /** Takes an offer back. */
    public void rescind(OfferID offer) {
        onMaster(leading -> leading.rescind(offer::equals));
    }

    /** Takes all offers back that nobody has answered. */
    public void rescindAll() {
        onMaster(leading -> leading.rescind(offer -> true));
    }

    /** Ends a framework's stream with an ERROR of this text. */
    public void fail(FrameworkID framework, String message) {
        onMaster(leading -> leading.fail(framework, message));
    }

    /** Breaks a framework's stream off without a word. */
    public void cut(FrameworkID framework) {
        onMaster(leading -> leading.cut(framework));
    }

    /** An executor is killed: its tasks fail, as the agent reports. */
    public void killExecutor(AgentID agent, FrameworkID framework, ExecutorID executor) {
        endExecutor(
                agent,
                framework,
                executor,
                TaskStatus.newBuilder()
                        .setReason(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED)
                        .setMessage("Executor terminated"));
    }

    /** An executor is killed because its containers took more memory than they may. */
    public void exceedMemory(AgentID agent, FrameworkID framework, ExecutorID executor, int mebibytes) {
        endExecutor(
                agent,
                framework,
                executor,
                TaskStatus.newBuilder()
                        .setReason(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY)
                        .setMessage("Memory limit exceeded: Requested: " + mebibytes + "MB Maximum Used: " + mebibytes
                                + "MB")
                        .setLimitation(
                                TaskResourceLimitation.newBuilder().addResources(AgentSpec.scalar("mem", mebibytes))));
    }

    private void endExecutor(AgentID agent, FrameworkID framework, ExecutorID executor, TaskStatus.Builder details) {
        int killed = 9;
        member(agent).agent().executorDied(framework, executor, killed, details);
    }
}
