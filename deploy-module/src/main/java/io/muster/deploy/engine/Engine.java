package io.muster.deploy.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.Disconnected;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.engine.EngineInput.Subscribed;
import io.muster.deploy.engine.EngineStore.Snapshot;
import io.muster.deploy.engine.EngineStore.StoredPod;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one term of leadership. Each {@link #step} is one round: many inputs, one transaction, then the effects;
 * nothing reaches Mesos that is not stored. It has no thread of its own, so that a test can drive it step by step.
 */
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final EngineStore store;
    private final Cluster cluster;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final long epoch;
    private final Reconciliation reconciliation = new Reconciliation();
    private final Timer roundTimer;
    private final Counter inputCount;
    private final Counter strangerCount;
    /** Launches of the last round that were never sent; they end in the next one. */
    private final List<Placement> dropped = new ArrayList<>();

    private World world;
    private Optional<FrameworkId> subscribedAs = Optional.empty();
    private boolean connected;
    private boolean offersAtHand;
    private boolean wantsOffers;
    private Instant nextLook = Instant.MIN;

    Engine(
            EngineStore store,
            Cluster cluster,
            EngineSettings settings,
            InstantSource clock,
            Supplier<UUID> ids,
            MeterRegistry meters,
            long epoch) {
        this.store = store;
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.epoch = epoch;
        roundTimer = meters.timer("muster.engine.round");
        inputCount = meters.counter("muster.engine.inputs");
        strangerCount = meters.counter("muster.engine.reports.unknown");
        world = load(store.load());
    }

    World world() {
        return world;
    }

    /** Throws the world away and loads what is stored, after a round that could not be committed. */
    void reload() {
        dropped.clear();
        world = load(store.load());
        if (connected) {
            reconciliation.begin(runningTasks(), clock.instant());
        }
    }

    private World load(Snapshot snapshot) {
        World loaded = new World(settings.patience(), snapshot.framework());
        for (StoredPod stored : snapshot.pods()) {
            PodState pod = new PodState(stored.goal().id(), stored.goal());
            stored.running().ifPresent(running -> pod.deploy(running, stored.goal()));
            stored.definitions().forEach(pod::learn);
            pod.delays().putAll(stored.delays());
            loaded.add(pod);
            stored.instances().forEach(loaded::put);
            stored.delays().values().stream()
                    .map(delay -> delay.deadline())
                    .max(Instant::compareTo)
                    .ifPresent(deadline -> loaded.launches().set(pod.id(), Optional.of(deadline)));
        }
        nextLook = Instant.MIN;
        return loaded;
    }

    /** How long the engine may wait for an input before time alone gives it something to do. */
    Duration idleTime() {
        if (!dropped.isEmpty()) {
            return Duration.ZERO;
        }
        Instant now = clock.instant();
        Instant next = Stream.of(world.nextMoment(), reconciliation.next(), Optional.of(nextLook))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(now);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /**
     * One round.
     *
     * @throws FencedException if a later leader was elected
     * @throws RuntimeException if the round could not be committed; {@link #reload} before the next one
     */
    void step(List<EngineInput> inputs) {
        roundTimer.record(() -> round(inputs));
        inputCount.increment(inputs.size());
    }

    private void round(List<EngineInput> inputs) {
        Instant now = clock.instant();
        Round round = new Round(world, settings.patience(), ids, now);
        boolean look = !nextLook.isAfter(now);
        boolean first = nextLook.equals(Instant.MIN);
        dropped.forEach(round::dropped);
        dropped.clear();
        for (EngineInput input : inputs) {
            switch (input) {
                case Subscribed(var framework) -> {
                    subscribedAs = Optional.of(framework);
                    connected = true;
                    offersAtHand = false;
                    wantsOffers = false;
                    reconciliation.begin(runningTasks(), now);
                }
                case Disconnected(String reason) -> {
                    LOG.info("connection to Mesos lost: {}", reason);
                    connected = false;
                    offersAtHand = false;
                    reconciliation.suspend();
                }
                case Reported(var report) -> {
                    reconciliation.answered(report.task());
                    round.reported(report);
                }
                case OffersCame() -> offersAtHand = true;
                case ChangesCame() -> look = true;
            }
        }
        // Again in each round until it is stored: the one that heard of it may have failed.
        subscribedAs.ifPresent(round::subscribed);
        if (look) {
            takeUpSubmissions(round);
            boolean more = takeUpKills(round);
            nextLook = more ? now : now.plus(settings.poll());
        }
        if (first) {
            world.pods().forEach(pod -> round.touch(pod.id()));
        }
        round.timePassed();
        round.converge();
        List<Placement> placements = offersAtHand ? match(round) : List.of();
        commit(round, placements);
        act(round, placements, now);
    }

    private void takeUpSubmissions(Round round) {
        for (Submission submission : store.submitted()) {
            round.takeUp(submission);
        }
    }

    /** Whether there may be more than one round takes. */
    private boolean takeUpKills(Round round) {
        List<KillRequest> requests = store.requestedKills(settings.batch());
        requests.forEach(round::killRequested);
        return requests.size() == settings.batch();
    }

    private List<Placement> match(Round round) {
        List<LaunchRequest> requests = round.requests(settings.requests());
        Matching matching = cluster.match(requests);
        offersAtHand = false;
        round.placed(matching.placements());
        return matching.placements();
    }

    private void commit(Round round, List<Placement> placements) {
        if (round.changes().isEmpty()) {
            return;
        }
        boolean committed = false;
        try {
            store.commit(epoch, round.changes());
            committed = true;
        } finally {
            if (!committed && !placements.isEmpty()) {
                cluster.abandon(placements);
            }
        }
    }

    private void act(Round round, List<Placement> placements, Instant now) {
        if (!placements.isEmpty()) {
            dropped.addAll(cluster.launch(placements));
        }
        if (!round.kills().isEmpty()) {
            cluster.kill(round.kills());
        }
        if (!round.receipts().isEmpty()) {
            cluster.acknowledge(round.receipts());
        }
        strangerCount.increment(round.strangers());
        round.changes()
                .failures()
                .forEach(failure -> LOG.info(
                        "instance {} of {} ended: {} {}",
                        failure.instance(),
                        failure.pod(),
                        failure.state(),
                        Objects.requireNonNullElse(failure.message(), "without a message")));
        round.changes()
                .kills()
                .forEach(request -> LOG.info(
                        "instance {} is killed{}, as {} asked at {}",
                        request.instance(),
                        request.wipe() ? " and wiped" : "",
                        Objects.requireNonNullElse(request.who(), "a user"),
                        request.requestedAt()));
        if (connected) {
            tellDemand(round);
            reconciliation.questions(now, this::runningTasks).ifPresent(cluster::reconcile);
        }
    }

    private void tellDemand(Round round) {
        boolean wanted = round.hasRequests();
        if (wanted && (!wantsOffers || round.demandGrew())) {
            cluster.wantOffers(true);
        } else if (!wanted && wantsOffers) {
            cluster.wantOffers(false);
        }
        wantsOffers = wanted;
    }

    private List<KnownTask> runningTasks() {
        return world.instances().stream().flatMap(Engine::runningTasks).toList();
    }

    private static Stream<KnownTask> runningTasks(Instance instance) {
        Optional<String> agent = Optional.ofNullable(instance.agent()).map(known -> known.id());
        return instance.tasks().stream()
                .filter(task -> task.condition().isActive())
                .map(Task::id)
                .map(task -> new KnownTask(task, agent));
    }
}
