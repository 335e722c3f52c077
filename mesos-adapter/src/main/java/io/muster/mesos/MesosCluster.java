package io.muster.mesos;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.mesos.OfferInterest.Pace;
import io.muster.mesos.matching.GpuScheduling;
import io.muster.mesos.matching.MatchResult;
import io.muster.mesos.matching.MatchSettings;
import io.muster.mesos.matching.OfferMatcher;
import io.muster.mesos.translate.Calls;
import io.muster.mesos.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster of the engine, on Mesos: keeps the offers, matches and accepts them, and carries words both ways. Of the
 * state here nothing needs to survive: offers are void with every subscription, and the rest is the engine's.
 */
public final class MesosCluster implements Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(MesosCluster.class);

    private final MesosSettings settings;
    private final Transport transport;
    private final Clock clock;
    private final RandomGenerator random;
    private final MesosMeters meters;
    private final BadInput badInput;
    private final Alarm alarm;
    private final MatchSettings matchSettings;
    private final OfferAnswers answers;

    /** Held for moments only, and never while the engine is called, which may wait for one that needs it. */
    private final Object lock = new Object();

    private final OfferPool offers;
    private OfferInterest interest;
    private Optional<FrameworkId> framework = Optional.empty();
    private @Nullable ClusterListener listener;
    private boolean subscribed;
    private boolean expiryPlanned;
    private @Nullable String localRegion;

    /**
     * A cluster that is not started yet.
     *
     * @param transport owned by the cluster from now on, which opens and closes it
     * @param random used for matching, by the thread that matches only
     */
    public MesosCluster(
            MesosSettings settings, Transport transport, Clock clock, RandomGenerator random, MeterRegistry registry) {
        this(settings, transport, clock, random, registry, Alarm.onOwnThread());
    }

    MesosCluster(
            MesosSettings settings,
            Transport transport,
            Clock clock,
            RandomGenerator random,
            MeterRegistry registry,
            Alarm alarm) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
        this.random = random;
        this.meters = new MesosMeters(registry);
        this.badInput = new BadInput(registry, clock, RandomGenerator.getDefault());
        this.alarm = alarm;
        this.matchSettings = new MatchSettings(settings.defaultRoles(), settings.matching());
        this.answers = new OfferAnswers(settings, meters, this::send);
        this.offers = new OfferPool(settings.heldOffers());
        this.interest = OfferInterest.none(new Pace(settings.minReviveInterval(), settings.reviveRepetitions()));
    }

    @Override
    public void start(ClusterListener engine, Optional<FrameworkId> known, SendPermit permit) {
        synchronized (lock) {
            if (listener != null) {
                throw new IllegalStateException("started already");
            }
            listener = engine;
            framework = known;
        }
        if (settings.gpuResources() && settings.matching().gpuScheduling() == GpuScheduling.UNDEFINED) {
            LOG.warn("Agents with GPUs offer to us, and pods that need none may use them: gpu-scheduling-behavior is"
                    + " undefined; say restricted or unrestricted");
        }
        transport.open(new MesosEar(this, engine, clock, badInput, known), permit);
    }

    @Override
    public void stop() {
        transport.close();
        alarm.close();
    }

    @Override
    public void wantOffers(boolean wanted) {
        synchronized (lock) {
            boolean nothingPlanned = interest.revivesLeft() == 0;
            OfferInterest.Decision decision = interest.want(wanted, clock.instant());
            follow(decision);
            if (nothingPlanned && decision.orders().isEmpty()) {
                wakeUp(decision.wakeAt());
            }
            if (!wanted) {
                answers.decline(offers.take(offers.waiting()), Optional.of(settings.refuseDuration()));
            }
        }
    }

    /**
     * Offers that someone could not use are declined for long; whatever would make them suit revives them. While nobody is
     * left unplaced the rest waits on, for those whose turn did not come in this round, until no offers are wanted or they
     * are too old. What is declined for our own reasons (too many, too old, a fault) may come back soon.
     */
    @Override
    public Matching match(List<LaunchRequest> requests) {
        return match(requests, Set.of());
    }

    @Override
    public Matching match(List<LaunchRequest> requests, Set<InstanceId> unwanted) {
        List<Offer> matched;
        MatchSettings here;
        synchronized (lock) {
            giveBackExpired();
            matched = offers.waiting();
            here = matchSettings.in(localRegion);
        }
        MatchResult result;
        try {
            result = OfferMatcher.match(requests, unwanted, matched, here, clock.instant(), random);
        } catch (RuntimeException fault) {
            synchronized (lock) {
                answers.decline(offers.take(matched), Optional.empty());
            }
            throw fault;
        }
        synchronized (lock) {
            List<Placement> placements = offers.keepUsed(result);
            List<Release> releases = offers.keepUsed(result.matching().releases());
            if (requests.isEmpty() || !result.matching().unplaced().isEmpty()) {
                answers.decline(offers.take(matched), Optional.of(settings.refuseDuration()));
            }
            Matching found = result.matching();
            return new Matching(placements, found.unplaced(), releases, found.shown());
        }
    }

    @Override
    public List<Placement> launch(List<Placement> placements) {
        Map<String, List<Placement>> byOffer = new LinkedHashMap<>();
        for (Placement placement : placements) {
            byOffer.computeIfAbsent(placement.offerId(), _ -> new ArrayList<>()).add(placement);
        }
        synchronized (lock) {
            List<Placement> unsent = new ArrayList<>();
            byOffer.forEach((offerId, onOffer) -> unsent.addAll(offers.release(offerId)
                    .map(kept -> answers.accept(kept, onOffer))
                    .orElse(onOffer)));
            return unsent;
        }
    }

    @Override
    public void abandon(List<Placement> placements) {
        synchronized (lock) {
            for (Placement placement : placements) {
                if (offers.abandon(placement.offerId(), placement.request().instance())) {
                    answers.declineIds(List.of(placement.offerId()), Optional.empty());
                }
            }
        }
    }

    @Override
    public void release(List<Release> releases) {
        synchronized (lock) {
            releases.forEach(release -> offers.released(release).ifPresent(kept -> answers.accept(kept, List.of())));
        }
    }

    @Override
    public void abandonReleases(List<Release> releases) {
        synchronized (lock) {
            for (Release release : releases) {
                if (offers.abandon(release)) {
                    answers.declineIds(List.of(release.offerId()), Optional.empty());
                }
            }
        }
    }

    @Override
    public void kill(List<KillOrder> orders) {
        orders.forEach(order -> send(id -> Calls.kill(id, order)));
        meters.kills(orders.size());
    }

    @Override
    public void acknowledge(List<Receipt> receipts) {
        for (Receipt receipt : receipts) {
            try {
                send(id -> Calls.acknowledge(id, receipt));
            } catch (IllegalArgumentException unreadable) {
                LOG.error("No receipt of Mesos, for task {}", receipt.task(), unreadable);
            }
        }
        meters.acknowledgements(receipts.size());
    }

    @Override
    public void reconcile(List<KnownTask> tasks) {
        send(id -> Calls.reconcile(id, tasks));
    }

    /** A master can be spoken to. */
    void subscribe() {
        Optional<FrameworkId> known;
        synchronized (lock) {
            known = framework;
        }
        transport.send(Calls.subscribe(FrameworkInfos.of(settings, known)));
    }

    /**
     * The master has taken us in.
     *
     * @param region that of the master; null where it has none
     */
    void subscribed(FrameworkId id, @Nullable String region) {
        meters.subscribed();
        synchronized (lock) {
            framework = Optional.of(id);
            subscribed = true;
            localRegion = region;
            offers.clear();
            follow(interest.subscribed(clock.instant()));
        }
    }

    /** Returns whether a subscription was lost; otherwise it was an attempt that failed. */
    boolean disconnected() {
        meters.disconnected();
        synchronized (lock) {
            boolean lost = subscribed;
            subscribed = false;
            offers.clear();
            return lost;
        }
    }

    boolean isSubscribed() {
        synchronized (lock) {
            return subscribed;
        }
    }

    /** Keeps what is wanted of these offers and there is room for; returns whether any was kept. */
    boolean offered(List<Offer> news) {
        meters.offersReceived(news.size());
        synchronized (lock) {
            if (!interest.wanted()) {
                answers.decline(news, Optional.of(settings.refuseDuration()));
                return false;
            }
            Instant now = clock.instant();
            List<Offer> tooMany =
                    news.stream().filter(offer -> !offers.add(offer, now)).toList();
            answers.decline(tooMany, Optional.empty());
            planExpiry();
            return tooMany.size() < news.size();
        }
    }

    /** Declines offers that nothing can be made of. */
    void giveBack(List<String> offerIds) {
        answers.declineIds(offerIds, Optional.of(settings.refuseDuration()));
    }

    /** An agent is to be worked on. Mesos only wants to know that we know: what runs there ends when it must. */
    void inverselyOffered(List<String> inverseOfferIds) {
        meters.inverseOffers(inverseOfferIds.size());
        send(id -> Calls.acceptInverseOffers(id, inverseOfferIds, settings.refuseDuration()));
    }

    void rescinded(String offerId) {
        meters.offerRescinded();
        synchronized (lock) {
            offers.rescind(offerId);
        }
    }

    /** Waiting offers are withheld from all other frameworks. */
    private void giveBackExpired() {
        List<Offer> expired = offers.takeUntil(clock.instant().minus(settings.offerLifetime()));
        meters.offersExpired(expired.size());
        answers.decline(expired, Optional.empty());
    }

    private void planExpiry() {
        if (!expiryPlanned) {
            offers.oldest().ifPresent(since -> {
                expiryPlanned = true;
                alarm.in(
                        Duration.between(clock.instant(), since.plus(settings.offerLifetime()))
                                .plusMillis(1),
                        this::expire);
            });
        }
    }

    private void expire() {
        synchronized (lock) {
            expiryPlanned = false;
            giveBackExpired();
            planExpiry();
        }
    }

    private void wake() {
        synchronized (lock) {
            OfferInterest.Decision decision = interest.tick(clock.instant());
            follow(decision);
            if (decision.orders().isEmpty()) {
                // Too early, by the clock: timers run on another one.
                wakeUp(decision.wakeAt());
            }
        }
    }

    private void follow(OfferInterest.Decision decision) {
        interest = decision.next();
        for (OfferInterest.Order order : decision.orders()) {
            switch (order) {
                case REVIVE -> send(Calls::revive);
                case SUPPRESS -> send(Calls::suppress);
            }
        }
        if (!decision.orders().isEmpty()) {
            wakeUp(decision.wakeAt());
        }
    }

    private void wakeUp(Optional<Instant> time) {
        time.ifPresent(at -> alarm.in(Duration.between(clock.instant(), at).plusMillis(1), this::wake));
    }

    /** Does nothing as long as Mesos has given no id: there is no subscription then, either. */
    private void send(Function<FrameworkID, Call> call) {
        Optional<FrameworkId> known;
        synchronized (lock) {
            known = framework;
        }
        known.ifPresent(id -> transport.send(
                call.apply(FrameworkID.newBuilder().setValue(id.text()).build())));
    }
}
