package io.muster.mesos;

import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.mesos.translate.StatusReports;
import io.muster.mesos.transport.TransportListener;
import java.time.Clock;
import org.apache.mesos.v1.Protos.DomainInfo.FaultDomain;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Mesos says: first to the cluster, then to the engine. */
final class MesosEar implements TransportListener {

    private static final Logger LOG = LoggerFactory.getLogger(MesosEar.class);

    /** How Mesos says that an id can never be used again. */
    private static final String REMOVED = "Framework has been removed";

    private final MesosCluster cluster;
    private final ClusterListener engine;
    private final Clock clock;

    MesosEar(MesosCluster cluster, ClusterListener engine, Clock clock) {
        this.cluster = cluster;
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public void connected() {
        cluster.subscribe();
    }

    @Override
    public void received(Event event) {
        switch (event.getType()) {
            case SUBSCRIBED -> {
                FrameworkId id =
                        new FrameworkId(event.getSubscribed().getFrameworkId().getValue());
                LOG.info("Subscribed as framework {}", id.text());
                FaultDomain domain =
                        event.getSubscribed().getMasterInfo().getDomain().getFaultDomain();
                cluster.subscribed(id, domain.hasRegion() ? domain.getRegion().getName() : null);
                engine.onSubscribed(id);
            }
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
            // An executor or agent that fails is told by the updates of its tasks; the others we do not ask for.
            case FAILURE, HEARTBEAT, MESSAGE, RESCIND_INVERSE_OFFER, UPDATE_OPERATION_STATUS, UNKNOWN ->
                LOG.debug("Event {}", event.getType());
        }
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
        LOG.error("Mesos refuses this framework: {}", message);
        cluster.disconnected();
        cluster.stop();
        engine.onRefused(message);
    }

    /**
     * Before the subscription an error says that what we claim to be is not acceptable. After it, it says that someone
     * else subscribed with our id, which ends with this stream: whether we go on is for the permit to say.
     */
    private void error(String message) {
        if (message.contains(REMOVED) || !cluster.isSubscribed()) {
            refused(message);
        } else {
            LOG.warn("Mesos ends the subscription: {}", message);
        }
    }
}
