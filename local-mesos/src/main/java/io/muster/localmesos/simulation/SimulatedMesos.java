package io.muster.localmesos.simulation;

import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.cluster.Cluster;
import io.muster.localmesos.http.Request;
import io.muster.localmesos.http.Response;
import io.muster.localmesos.loop.VirtualLoop;
import io.muster.localmesos.master.Answer;
import io.muster.localmesos.master.Calls;
import io.muster.localmesos.master.EventSink;
import io.muster.localmesos.master.Leadership;
import io.muster.localmesos.master.Master;
import io.muster.localmesos.master.SchedulerApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;

/**
 * A whole Mesos on virtual time, for one thread: nothing runs but what a test lets happen, and the same test sees the
 * same ids and the same order of events each time.
 */
public final class SimulatedMesos {
    private static final int PORT = 5050;

    private final VirtualLoop loop = new VirtualLoop();
    private final ScriptedContainers containers = new ScriptedContainers(loop);
    private final Cluster cluster;
    private final SchedulerApi api;
    private long nextId;

    private SimulatedMesos(Cluster.Settings settings) {
        cluster = new Cluster(loop, containers, () -> new UUID(0x5e1f_0000L, nextId++), settings, BitSet::new);
        int seat = cluster.seats().add(PORT);
        api = new SchedulerApi(loop, () -> cluster.leadership(seat));
        cluster.elect(seat, Duration.ZERO, Duration.ZERO);
    }

    /** A cluster that behaves as one without any flags, with these agents. */
    public static SimulatedMesos with(AgentSpec... agents) {
        return with(Cluster.Settings.defaults(), agents);
    }

    public static SimulatedMesos with(Cluster.Settings settings, AgentSpec... agents) {
        var mesos = new SimulatedMesos(settings);
        List.of(agents).forEach(mesos.cluster::addAgent);
        mesos.loop.settle();
        return mesos;
    }

    /** The agents and masters, and what can be done to them. */
    public Cluster cluster() {
        return cluster;
    }

    /** What the containers will do. */
    public ScriptedContainers containers() {
        return containers;
    }

    public Instant now() {
        return loop.now();
    }

    /** The virtual clock, for others who shall live in the same time. */
    public InstantSource clock() {
        return loop::now;
    }

    /** Lets this much time pass, and all that happens in it. */
    public void advance(Duration time) {
        loop.pass(time);
    }

    /** Lets happen what needs no time. */
    public void settle() {
        loop.settle();
    }

    /** Does something after what is being done now. */
    void later(Runnable task) {
        loop.execute(task);
    }

    /** Subscribes a framework and begins a conversation with the master. */
    public Conversation subscribe(FrameworkInfo info) {
        return subscribe(Calls.subscribe(info));
    }

    /** Subscribes and begins a conversation with the master. */
    public Conversation subscribe(Call subscribe) {
        var conversation = new Conversation(this);
        conversation.connect(subscribe);
        return conversation;
    }

    /**
     * Subscribes a framework whose events go to the sink.
     *
     * @throws CallRefusedException if the call is not answered with 200
     */
    public Connection subscribe(Call call, EventSink sink) {
        require(call.getType() == Call.Type.SUBSCRIBE);
        Calls.check(call).ifPresent(refused -> {
            throw new CallRefusedException(refused);
        });
        Master master = switch (cluster.leadership(0)) {
            case Leadership.Leading leading -> leading.master();
            case Leadership.Following following ->
                throw new CallRefusedException(new Answer.Refused(307, following.leaderHostAndPort()));
            case Leadership.Leaderless leaderless ->
                throw new CallRefusedException(new Answer.Refused(503, "No leader elected"));
            case Leadership.Recovering recovering ->
                throw new CallRefusedException(new Answer.Refused(503, "Master has not finished recovery"));
        };
        var gone = new Runnable[1];
        var subscribed = master.subscribe(call.getSubscribe(), onGone -> {
            gone[0] = onGone;
            return sink;
        });
        loop.settle();
        return new Connection(subscribed.streamId(), () -> {
            loop.execute(gone[0]);
            loop.settle();
        });
    }

    private static void require(boolean isSubscription) {
        if (!isSubscription) {
            throw new IllegalArgumentException("Only SUBSCRIBE begins a connection");
        }
    }

    /** A subscription as its framework has it. */
    public record Connection(String streamId, Runnable close) {}

    /** Sends any call but SUBSCRIBE, and lets happen what needs no time. */
    public Answer send(Call call, String streamId) {
        Optional<Answer.Refused> refused = Calls.check(call);
        if (refused.isPresent()) {
            return refused.get();
        }
        Answer answer = switch (cluster.leadership(0)) {
            case Leadership.Leading leading -> leading.master().receive(call, Optional.of(streamId));
            case Leadership.Following following -> new Answer.Refused(307, following.leaderHostAndPort());
            case Leadership.Leaderless leaderless -> new Answer.Refused(503, "No leader elected");
            case Leadership.Recovering recovering -> new Answer.Refused(503, "Master has not finished recovery");
        };
        loop.settle();
        return answer;
    }

    /** Answers a request as the master does over HTTP, without a socket; the body of a stream grows with time. */
    public Response exchange(Request request) {
        try {
            return api.handle(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("A virtual loop does not wait", e);
        }
    }

    /** A call that got another status than one that begins with 2. */
    public static final class CallRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        CallRefusedException(Answer.Refused refused) {
            super(refused.status() + ": " + refused.message());
            this.status = refused.status();
        }

        public int status() {
            return status;
        }
    }
}
