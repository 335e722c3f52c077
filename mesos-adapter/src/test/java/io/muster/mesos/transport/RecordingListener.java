package io.muster.mesos.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Subscribes whenever it may, and writes down what it hears. */
public final class RecordingListener implements TransportListener {

    public static final Call SUBSCRIBE = Call.newBuilder()
            .setType(Call.Type.SUBSCRIBE)
            .setSubscribe(Call.Subscribe.newBuilder()
                    .setFrameworkInfo(FrameworkInfo.newBuilder().setUser("u").setName("n")))
            .build();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Transport transport;
    private volatile boolean subscribes = true;
    private volatile Consumer<Event> then = _ -> {};

    public RecordingListener(Transport transport) {
        this.transport = transport;
    }

    /** Words: {@code connected}, types of events, {@code unreadable}, {@code disconnected: why}, {@code refused: why}. */
    public List<String> heard() {
        return heard;
    }

    public void doesNotSubscribe() {
        subscribes = false;
    }

    public void onEvent(Consumer<Event> reaction) {
        then = reaction;
    }

    @Override
    public void connected() {
        heard.add("connected");
        if (subscribes) {
            transport.send(SUBSCRIBE);
        }
    }

    @Override
    public void received(Event event) {
        heard.add(event.getType().name());
        then.accept(event);
    }

    @Override
    public void unreadable(String why) {
        heard.add("unreadable");
    }

    @Override
    public void disconnected(String reason) {
        heard.add("disconnected: " + reason);
    }

    @Override
    public void refused(String message) {
        heard.add("refused: " + message);
    }
}
