package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * What lies between a master and its frameworks, and what may go wrong on it. Each trouble is for the next so many
 * messages that fit, and the oldest that fits is the one that happens; without any, everything arrives at once and in
 * order. On the loop.
 */
public final class Wire {
    private final EventLoop loop;
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<LostCalls> lostCalls = new ArrayList<>();

    /** What happens to an event. */
    private sealed interface Effect {
        record Lose() implements Effect {}

        record Duplicate() implements Effect {}

        record Delay(Duration by) implements Effect {}

        /** Kept until so many are there, and then sent in reverse. */
        record Reverse(int count, List<Event> held) implements Effect {}

        record Tear() implements Effect {}
    }

    private static final class Trouble {
        private final Predicate<Event> fits;
        private final Effect effect;
        private int left;

        private Trouble(Predicate<Event> fits, Effect effect, int count) {
            this.fits = fits;
            this.effect = effect;
            this.left = count;
        }
    }

    private static final class LostCalls {
        private final Call.Type type;
        private int left;

        private LostCalls(Call.Type type, int count) {
            this.type = type;
            this.left = count;
        }
    }

    public Wire(EventLoop loop) {
        this.loop = loop;
    }

    /** Loses the next so many events that fit. */
    public void loseEvents(int count, Predicate<Event> fits) {
        troubles.add(new Trouble(fits, new Effect.Lose(), count));
    }

    /** Sends each of the next so many events that fit twice. */
    public void duplicateEvents(int count, Predicate<Event> fits) {
        troubles.add(new Trouble(fits, new Effect.Duplicate(), count));
    }

    /** Sends each of the next so many events that fit later; others overtake them. */
    public void delayEvents(int count, Duration by, Predicate<Event> fits) {
        troubles.add(new Trouble(fits, new Effect.Delay(by), count));
    }

    /** Keeps the next so many events that fit until the last of them is there, and sends them in reverse. */
    public void reverseEvents(int count, Predicate<Event> fits) {
        troubles.add(new Trouble(fits, new Effect.Reverse(count, new ArrayList<>()), count));
    }

    /** Breaks the connection in the middle of the next event that fits. */
    public void tearEvent(Predicate<Event> fits) {
        troubles.add(new Trouble(fits, new Effect.Tear(), 1));
    }

    /** Answers the next so many calls of a type as usual, but does nothing about them. */
    public void loseCalls(int count, Call.Type type) {
        lostCalls.add(new LostCalls(type, count));
    }

    /** Ends all trouble that has not happened yet. */
    public void heal() {
        troubles.clear();
        lostCalls.clear();
    }

    boolean loses(Call call) {
        for (LostCalls lost : lostCalls) {
            if (lost.type == call.getType()) {
                lost.left--;
                lostCalls.removeIf(one -> one.left == 0);
                return true;
            }
        }
        return false;
    }

    void carry(Event event, EventSink sink) {
        for (Trouble trouble : troubles) {
            if (trouble.fits.test(event)) {
                trouble.left--;
                troubles.removeIf(one -> one.left == 0);
                meet(trouble.effect, event, sink);
                return;
            }
        }
        sink.send(event);
    }

    private void meet(Effect effect, Event event, EventSink sink) {
        switch (effect) {
            case Effect.Lose lose -> {}
            case Effect.Duplicate duplicate -> {
                sink.send(event);
                sink.send(event);
            }
            case Effect.Delay delay -> loop.schedule(delay.by(), () -> sink.send(event));
            case Effect.Reverse reverse -> {
                reverse.held().add(event);
                if (reverse.held().size() == reverse.count()) {
                    reverse.held().reversed().forEach(sink::send);
                }
            }
            case Effect.Tear tear -> sink.tear(event);
        }
    }
}
