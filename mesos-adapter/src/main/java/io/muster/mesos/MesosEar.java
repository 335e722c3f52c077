package io.muster.mesos;

import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.mesos.translate.CheckedEvent;
import io.muster.mesos.translate.Flaw;
import io.muster.mesos.translate.StatusReports;
import io.muster.mesos.translate.Told;
import io.muster.mesos.transport.TransportListener;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.DomainInfo.FaultDomain;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Mesos says: first to the cluster, then to the engine. */
final class MesosEar implements TransportListener {

    private static final Logger LOG = LoggerFactory.getLogger(MesosEar.class);

    /** How Mesos says that an id can never be used again. */
    private static final String REMOVED = "Framework has been removed";

    /** How the stream ends that was there before another subscription with the same id. */
    private static final String FAILED_OVER = "Framework failed over";

    private final MesosCluster cluster;
    private final ClusterListener engine;
    private final Clock clock;
    private final BadInput badInput;

    /** What Mesos has known us by so far. */
    private Optional<FrameworkId> known;

    MesosEar(
            MesosCluster cluster, ClusterListener engine, Clock clock, BadInput badInput, Optional<FrameworkId> known) {
        this.cluster = cluster;
        this.engine = engine;
        this.clock = clock;
        this.badInput = badInput;
        this.known = known;
    }

    @Override
    public void connected() {
        cluster.subscribe();
    }

    @Override
    public void received(Event event) {
        CheckedEvent checked = CheckedEvent.of(event);
        checked.flaws().forEach(badInput::noticed);
        cluster.giveBack(checked.useless());
        // Nothing is stored of it, so there is nothing to wait for.
        checked.settled().ifPresent(receipt -> cluster.acknowledge(List.of(receipt)));
        checked.event().ifPresent(this::hear);
    }

    @Override
    public void unreadable(String why) {
        badInput.noticed(new Flaw(Flaw.Kind.UNREADABLE, why));
    }

    private void hear(Event event) {
        switch (event.getType()) {
            case SUBSCRIBED -> subscribed(event.getSubscribed());
            case OFFERS -> {
                if (cluster.offered(event.getOffers().getOffersList())) {
                    engine.onOffers();
                }
            }
            case RESCIND -> cluster.rescinded(event.getRescind().getOfferId().getValue());
            case INVERSE_OFFERS ->
                cluster.inverselyOffered(event.getInverseOffers().getInverseOffersList().stream()
                        .map(inverse -> inverse.getId().getValue())
                        .toList());
            case UPDATE -> engine.onStatus(StatusReports.of(event.getUpdate().getStatus(), clock.instant()));
            case ERROR -> error(event.getError().getMessage());
            case MESSAGE -> engine.onMessage(Told.message(event.getMessage()));
            // An executor or agent that fails is told by the updates of its tasks; the others we do not ask for.
            case FAILURE, HEARTBEAT, RESCIND_INVERSE_OFFER, UPDATE_OPERATION_STATUS, UNKNOWN ->
                LOG.debug("Event {}", event.getType());
        }
    }

    private void subscribed(Event.Subscribed subscription) {
        FrameworkId id = new FrameworkId(subscription.getFrameworkId().getValue());
        if (!known.orElse(id).equals(id)) {
            refused(
                    Dismissal.FRAMEWORK_ID_CHANGED,
                    "Mesos calls this framework " + id.text() + ", but its tasks belong to "
                            + known.get().text());
            return;
        }
        known = Optional.of(id);
        LOG.info("Subscribed as framework {}", id.text());
        FaultDomain domain = subscription.getMasterInfo().getDomain().getFaultDomain();
        cluster.subscribed(id, domain.hasRegion() ? domain.getRegion().getName() : null);
        engine.onSubscribed(id, Told.master(subscription.getMasterInfo()));
    }

    @Override
    public void disconnected(String reason) {
        LOG.warn("No connection to Mesos: {}", reason);
        if (cluster.disconnected()) {
            engine.onDisconnected(reason);
        }
    }

    @Override
    public void refused(String message) {
        refused(Dismissal.NOT_ACCEPTED, message);
    }

    private void refused(Dismissal why, String message) {
        LOG.error("Mesos ends this framework ({}): {}", why, message);
        cluster.disconnected();
        cluster.stop();
        engine.onRefused(why, message);
    }

    /**
     * Before the subscription an error says that what we claim to be is not acceptable. After it, that someone else has
     * subscribed with our id: taking it back would begin a fight that tasks do not survive.
     */
    private void error(String message) {
        if (message.contains(REMOVED)) {
            refused(Dismissal.FRAMEWORK_REMOVED, message);
        } else if (message.contains(FAILED_OVER)) {
            refused(Dismissal.FAILED_OVER, message);
        } else if (!cluster.isSubscribed()) {
            refused(Dismissal.NOT_ACCEPTED, message);
        } else {
            LOG.warn("Mesos ends the subscription: {}", message);
        }
    }
}
