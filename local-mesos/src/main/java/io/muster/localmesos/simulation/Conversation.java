package io.muster.localmesos.simulation;

import io.muster.localmesos.master.Answer;
import io.muster.localmesos.master.EventSink;
import io.muster.localmesos.simulation.SimulatedMesos.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/**
 * A framework's side of a conversation: it sends calls, and expects events among those that came and were not expected
 * before. No expectation lets time pass. Updates are acknowledged as they come unless it is told not to.
 */
public final class Conversation {
    private final SimulatedMesos mesos;
    private final List<Event> all = new ArrayList<>();
    private final List<Event> unexpected = new ArrayList<>();
    private @Nullable Connection connection;
    private Optional<FrameworkID> framework = Optional.empty();
    private boolean acknowledges = true;
    private boolean connected;

    Conversation(SimulatedMesos mesos) {
        this.mesos = mesos;
    }

    /** Sends SUBSCRIBE, the first time or again; the events of both streams make one list. */
    public void connect(Call subscribe) {
        connected = true;
        connection = mesos.subscribe(subscribe, sink());
        mesos.settle();
    }

    private EventSink sink() {
        return new EventSink() {
            @Override
            public void send(Event event) {
                received(event);
            }

            @Override
            public void tear(Event event) {
                connected = false;
                Connection torn = connection;
                if (torn != null) {
                    torn.close().run();
                }
            }

            @Override
            public void finish() {
                connected = false;
            }

            @Override
            public void abort() {
                connected = false;
            }
        };
    }

    private void received(Event event) {
        all.add(event);
        unexpected.add(event);
        if (event.hasSubscribed()) {
            framework = Optional.of(event.getSubscribed().getFrameworkId());
        }
        if (acknowledges && event.getUpdate().getStatus().hasUuid()) {
            TaskStatus status = event.getUpdate().getStatus();
            Connection current = connection;
            if (current != null) {
                acknowledgeLater(status);
            }
        }
    }

    /** Not from within the event: a framework answers after it has heard. */
    private void acknowledgeLater(TaskStatus status) {
        mesos.later(() -> acknowledge(status));
    }

    /** Keeps acknowledgements to {@link #acknowledge} from now on. */
    public Conversation withoutAcknowledging() {
        acknowledges = false;
        return this;
    }

    public FrameworkID framework() {
        return framework.orElseThrow(() -> new AssertionError("There was no SUBSCRIBED; came: " + names(all)));
    }

    /** Whether the stream is open, as far as this side can tell. */
    public boolean isConnected() {
        return connected;
    }

    /** Sends a call of this framework. */
    public Answer send(Call.Builder call) {
        Connection current = connection;
        if (current == null) {
            throw new IllegalStateException("There was no subscription");
        }
        return mesos.send(call.setFrameworkId(framework()).build(), current.streamId());
    }

    public Answer acknowledge(TaskStatus status) {
        return send(Call.newBuilder()
                .setType(Call.Type.ACKNOWLEDGE)
                .setAcknowledge(Call.Acknowledge.newBuilder()
                        .setAgentId(status.getAgentId())
                        .setTaskId(status.getTaskId())
                        .setUuid(status.getUuid())));
    }

    /** Ends the connection from this side. */
    public void close() {
        connected = false;
        Connection current = connection;
        if (current != null) {
            current.close().run();
        }
    }

    /** The next event of this type. */
    public Event expect(Event.Type type) {
        return expect(type.name(), event -> event.getType() == type);
    }

    /** The next event that fits. */
    public Event expect(String what, Predicate<Event> fits) {
        mesos.settle();
        for (Event event : unexpected) {
            if (fits.test(event)) {
                unexpected.remove(event);
                return event;
            }
        }
        throw new AssertionError(
                "Expected " + what + ", but among what came and was not expected there is none: " + names(unexpected));
    }

    /** The next update of the task that says so. */
    public TaskStatus expect(String task, TaskState state) {
        return expect(
                        task + " " + state,
                        event -> event.getUpdate()
                                        .getStatus()
                                        .getTaskId()
                                        .getValue()
                                        .equals(task)
                                && event.getUpdate().getStatus().getState() == state)
                .getUpdate()
                .getStatus();
    }

    /** The first offer of the next OFFERS. */
    public Offer expectOffer() {
        return expect(Event.Type.OFFERS).getOffers().getOffers(0);
    }

    /** Fails if there is an event of this type that nobody has expected. */
    public void expectNo(Event.Type type) {
        mesos.settle();
        if (unexpected.stream().anyMatch(event -> event.getType() == type)) {
            throw new AssertionError("Expected no " + type + ", but there came: " + names(unexpected));
        }
    }

    /** Forgets what came and was not expected. */
    public void skip() {
        mesos.settle();
        unexpected.clear();
    }

    /** All that ever came. */
    public List<Event> events() {
        mesos.settle();
        return List.copyOf(all);
    }

    /** The states of a task in the order in which they came, with repetitions. */
    public List<TaskState> states(String task) {
        return events().stream()
                .filter(Event::hasUpdate)
                .map(event -> event.getUpdate().getStatus())
                .filter(status -> status.getTaskId().getValue().equals(task))
                .map(TaskStatus::getState)
                .toList();
    }

    private static List<String> names(List<Event> events) {
        return events.stream()
                .map(event -> event.hasUpdate()
                        ? event.getUpdate().getStatus().getTaskId().getValue() + " "
                                + event.getUpdate().getStatus().getState()
                        : event.getType().name())
                .toList();
    }
}
