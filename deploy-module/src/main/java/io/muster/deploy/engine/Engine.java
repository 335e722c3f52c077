package io.muster.deploy.engine;

import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.Disconnected;
import io.muster.deploy.engine.EngineInput.MessageCame;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.engine.EngineInput.Subscribed;
import io.muster.deploy.engine.EngineStore.Snapshot;
import io.muster.deploy.engine.EngineStore.StoredPod;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.EngineReport;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one term of leadership. Each {@link #step} is one round: many inputs, one transaction, then the effects;
 * nothing reaches Mesos that is not stored. It has no thread of its own, so that a test can drive it step by step.
 */
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** Agents repeat a report within ten minutes; that is how many may come in between. */
    private static final int REPORTS_REMEMBERED = 10_000;

    /** When Mesos made offers last is told so often at most. */
    private static final Duration REPORT_PAUSE = Duration.ofSeconds(1);

    private final EngineStore store;
    private final Cluster cluster;
    private final EngineSettings settings;
    private final Decisions decisions;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final long epoch;
    private final Reconciliation reconciliation = new Reconciliation();
    private final EngineMeters meters;
    private final LaunchAttempts attempts = new LaunchAttempts();
    private final LaunchTokens tokens;
    private final News news = new News();
    private final SeenReports seen = new SeenReports(REPORTS_REMEMBERED);
    /** Launches of the last round that were never sent; they end in the next one. */
    private final List<Placement> dropped = new ArrayList<>();

    private World world;
    private Optional<FrameworkId> subscribedAs = Optional.empty();
    private boolean connected;
    private Instant connectedSince;
    private @Nullable Instant lastOffersAt;
    private @Nullable EngineReport told;
    private Instant nextReport = Instant.MIN;
    private final OfferDemand demand = new OfferDemand();
    private Instant nextLook = Instant.MIN;
    private int turnedAway;

    Engine(
            EngineStore store,
            Cluster cluster,
            EngineSettings settings,
            Decisions decisions,
            InstantSource clock,
            Supplier<UUID> ids,
            EngineMeters meters,
            long epoch) {
        this.store = store;
        this.cluster = cluster;
        this.settings = settings;
        this.decisions = decisions;
        this.clock = clock;
        this.ids = ids;
        this.epoch = epoch;
        this.meters = meters;
        this.tokens = new LaunchTokens(settings.launchTokens(), settings.launchTokenRefresh());
        connectedSince = clock.instant();
        world = load(store.load());
    }

    World world() {
        return world;
    }

    /** Whether Mesos runs tasks of ours under an id that nobody remembers. */
    boolean lacksFrameworkId() {
        return world.framework().isEmpty() && world.instances().stream().anyMatch(Instance::hasPlace);
    }

    /** To be told with the first round. */
    void leads(String address) {
        news.leads(address, epoch, clock.instant());
    }

    /** Throws the world away and loads what is stored, after a round that could not be committed. */
    void reload() {
        dropped.clear();
        turnedAway = 0;
        attempts.retell();
        told = null;
        world = load(store.load());
        if (connected) {
            reconciliation.begin(runningTasks(), clock.instant());
            world.reservations().connected(clock.instant());
        }
    }

    private World load(Snapshot snapshot) {
        World loaded = new World(settings, snapshot.framework());
        snapshot.orphans().forEach(loaded.quarantine()::put);
        snapshot.reservations().forEach(loaded.reservations()::put);
        for (StoredPod stored : snapshot.pods()) {
            PodState pod = new PodState(stored.goal().id(), stored.goal());
            stored.running().ifPresent(running -> pod.deploy(running, stored.goal()));
            stored.definitions().forEach(pod::learn);
            pod.delays().putAll(stored.delays());
            loaded.add(pod);
            loaded.watch(pod);
            loaded.watchDelays(pod);
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
        Instant now = clock.instant();
        if (!dropped.isEmpty() || (demand.isToMatch() && tokens.left(now) > 0)) {
            return Duration.ZERO;
        }
        Instant next = Stream.of(
                        world.nextMoment(),
                        nextKill(now),
                        reconciliation.next(),
                        attempts.next(),
                        tokens.refillAt(now),
                        demand.keptUntil(),
                        Optional.of(nextLook))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(now);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    private Optional<Instant> nextKill(Instant now) {
        return connected
                ? Stream.of(world.kills().next(now), world.orphanKills().next(now))
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo)
                : Optional.empty();
    }

    /**
     * One round.
     *
     * @throws FencedException if a later leader was elected
     * @throws RuntimeException if the round could not be committed; {@link #reload} before the next one
     */
    void step(List<EngineInput> inputs) {
        meters.rounds().record(() -> round(inputs));
        meters.inputs(inputs.size());
    }

    private void round(List<EngineInput> inputs) {
        Instant now = clock.instant();
        Round round = new Round(world, decisions, settings.patience(), ids, now);
        boolean look = !nextLook.isAfter(now);
        boolean first = nextLook.equals(Instant.MIN);
        news.tellAgain(round.changes());
        dropped.forEach(round::dropped);
        dropped.clear();
        for (EngineInput input : inputs) {
            switch (input) {
                case Subscribed(var framework, String master) -> {
                    news.subscribed(framework, master, now, round.changes());
                    subscribedAs = Optional.of(framework);
                    connected = true;
                    connectedSince = now;
                    demand.subscribed();
                    reconciliation.begin(runningTasks(), now);
                    world.reservations().connected(now);
                    world.kills().startOver();
                    world.orphanKills().startOver();
                }
                case Disconnected(String reason) -> {
                    LOG.info("connection to Mesos lost: {}", reason);
                    news.disconnected(now, round.changes());
                    connected = false;
                    connectedSince = now;
                    demand.disconnected();
                    reconciliation.suspend();
                    world.reservations().disconnected();
                }
                case Reported(var report) -> {
                    reconciliation.answered(report.task());
                    Optional<Receipt> again = report.receipt().filter(seen::contains);
                    if (again.isPresent()) {
                        meters.duplicate();
                        round.known(again.get());
                    } else {
                        round.reported(report);
                    }
                }
                case MessageCame(var message) -> news.messageCame(message, now, round.changes());
                case OffersCame() -> {
                    demand.offered();
                    lastOffersAt = now;
                }
                case ChangesCame() -> look = true;
            }
        }
        // Again in each round until it is stored: the one that heard of it may have failed.
        subscribedAs.ifPresent(round::subscribed);
        if (look) {
            store.notices().forEach(round::noticed);
            takeUpSubmissions(round);
            store.unwantedOrphans().forEach(world.quarantine()::unwanted);
            store.delayResets().forEach(round::delayReset);
            boolean more = takeUpKills(round);
            nextLook = more ? now : now.plus(settings.poll());
        }
        if (first) {
            world.pods().forEach(pod -> round.touch(pod.id()));
        }
        round.timePassed();
        round.reservationsOverdue();
        round.converge();
        if (connected) {
            round.killDue();
        }
        tokens.running(round.started());
        demand.judge(round.hasRequests(), round.expectsDemand(), now);
        Matching found = demand.isToMatch() ? match(round, now) : Matching.nothing();
        tell(round, first, now);
        commit(round, found);
        act(round, found, now);
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

    private Matching match(Round round, Instant now) {
        int limit = Math.min(settings.requests(), tokens.left(now));
        if (limit == 0) {
            return Matching.nothing();
        }
        List<LaunchRequest> requests = round.requests(limit);
        Matching matching = cluster.match(requests, world.reservations().toRelease(now));
        // A round takes only so many; where all of them found a place, the offers may have room for more.
        demand.matched(requests.size() == limit && matching.placements().size() == requests.size());
        round.placed(matching.placements());
        tokens.launched(matching.placements().size());
        attempts.matched(requests, matching, now);
        news.wait(attempts.refused(matching.unplaced()), now, round.changes());
        round.shown(matching.shown(), matching.releases());
        return matching;
    }

    /** What users want to know when they ask why something waits. */
    private void tell(Round round, boolean first, Instant now) {
        if (first) {
            round.changes().forgetAttempts();
            attempts.retell();
        }
        attempts.forget(world.placed());
        EngineReport report = new EngineReport(
                connected,
                connectedSince,
                lastOffersAt,
                round.hasRequests() ? tokens.refillAt(now).orElse(null) : null);
        boolean urgent = told == null || told.connected() != connected;
        if (urgent || (!report.equals(told) && !nextReport.isAfter(now))) {
            round.changes().put(report);
            told = report;
            nextReport = now.plus(REPORT_PAUSE);
        }
        attempts.tell(round.changes(), now);
    }

    private void commit(Round round, Matching found) {
        if (round.changes().isEmpty()) {
            return;
        }
        boolean committed = false;
        try {
            meters.commits().record(() -> store.commit(epoch, round.changes()));
            committed = true;
            news.stored();
        } finally {
            if (!committed && !found.releases().isEmpty()) {
                cluster.abandonReleases(found.releases());
            }
            if (!committed && !found.placements().isEmpty()) {
                cluster.abandon(found.placements());
            }
        }
    }

    private void act(Round round, Matching found, Instant now) {
        if (!found.releases().isEmpty()) {
            cluster.release(found.releases());
        }
        if (!found.placements().isEmpty()) {
            dropped.addAll(cluster.launch(found.placements()));
        }
        if (!round.kills().isEmpty()) {
            cluster.kill(round.kills());
        }
        List<Receipt> receipts = round.receipts();
        if (!receipts.isEmpty()) {
            seen.add(receipts);
            cluster.acknowledge(receipts);
        }
        count(round);
        meters.stored(round.changes(), now);
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
            demand.toTell(round.hasRequests(), world.reservations().wantOffers(now), round.demandGrew())
                    .ifPresent(cluster::wantOffers);
            reconciliation.questions(now, this::runningTasks).ifPresent(cluster::reconcile);
        }
    }

    private void count(Round round) {
        meters.strangers(round.strangers());
        meters.retriedKills(round.retriedKills());
        Quarantine quarantine = world.quarantine();
        meters.turnedAway(quarantine.turnedAway() - turnedAway);
        turnedAway = quarantine.turnedAway();
        meters.present(
                quarantine.size(), world.kills().size() + world.orphanKills().size());
    }

    private List<KnownTask> runningTasks() {
        return Stream.concat(
                        world.instances().stream().flatMap(Engine::runningTasks),
                        world.quarantine().tasks())
                .toList();
    }

    private static Stream<KnownTask> runningTasks(Instance instance) {
        Optional<String> agent = Optional.ofNullable(instance.agent()).map(known -> known.id());
        return instance.tasks().stream()
                .filter(task -> task.condition().isActive())
                .map(Task::id)
                .map(task -> new KnownTask(task, agent));
    }
}
