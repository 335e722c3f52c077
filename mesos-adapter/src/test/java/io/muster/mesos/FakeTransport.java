package io.muster.mesos;

import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.mesos.transport.Transport;
import io.muster.mesos.transport.TransportListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.MasterInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/** Keeps what is sent, and says what a test wants to be heard, on the thread of the test. */
final class FakeTransport implements Transport {

    private final List<Call> sent = new ArrayList<>();
    private @Nullable TransportListener listener;
    private boolean closed;

    @Override
    public void open(TransportListener newListener, SendPermit permit) {
        listener = newListener;
    }

    @Override
    public void send(Call call) {
        sent.add(call);
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** What was sent since the last time this was asked. */
    List<Call> takeSent() {
        List<Call> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    void connect() {
        listener().connected();
    }

    void subscribe(String frameworkId) {
        connect();
        tell(Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(FrameworkID.newBuilder().setValue(frameworkId))));
    }

    /** By a master in this region. */
    void subscribe(String frameworkId, String region) {
        connect();
        tell(Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(FrameworkID.newBuilder().setValue(frameworkId))
                        .setMasterInfo(MasterInfo.newBuilder()
                                .setId("m-1")
                                .setIp(0)
                                .setPort(5050)
                                .setDomain(SampleOffer.of("o", "a")
                                        .domain(region, "any")
                                        .build()
                                        .getDomain()))));
    }

    void offer(Offer... offers) {
        tell(Event.newBuilder()
                .setType(Event.Type.OFFERS)
                .setOffers(
                        Event.Offers.newBuilder().addAllOffers(List.of(offers)).buildPartial()));
    }

    void rescind(String offerId) {
        tell(Event.newBuilder()
                .setType(Event.Type.RESCIND)
                .setRescind(Event.Rescind.newBuilder()
                        .setOfferId(OfferID.newBuilder().setValue(offerId))));
    }

    void update(TaskStatus status) {
        tell(Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status).buildPartial()));
    }

    void error(String message) {
        tell(Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage(message)));
    }

    void disconnect(String reason) {
        listener().disconnected(reason);
    }

    void refuse(String message) {
        listener().refused(message);
    }

    /** Also one that lacks what is required. */
    void tell(Event.Builder event) {
        listener().received(event.buildPartial());
    }

    void unreadable(String why) {
        listener().unreadable(why);
    }

    private TransportListener listener() {
        return Objects.requireNonNull(listener, "not opened");
    }
}
