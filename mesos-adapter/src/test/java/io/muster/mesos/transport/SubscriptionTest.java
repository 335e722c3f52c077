package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For how long a master may be silent, on a clock that the test moves. */
class SubscriptionTest {

    /** Nothing that comes later than somebody waits for comes at all. */
    private static final class VirtualStream extends EventStream {

        private final List<Moment> script = new ArrayList<>();
        private Duration now = Duration.ZERO;

        private record Moment(Duration at, Event event) {}

        void at(long second, Event event) {
            script.add(new Moment(Duration.ofSeconds(second), event));
        }

        @Override
        Next next(Duration patience) {
            if (script.isEmpty() || script.getFirst().at().compareTo(now.plus(patience)) > 0) {
                now = now.plus(patience);
                return new Next.Silence();
            }
            Moment moment = script.removeFirst();
            now = moment.at();
            byte[] record = moment.event().toByteArray();
            ByteBuffer framed = ByteBuffer.allocate(record.length + 10)
                    .put((record.length + "\n").getBytes(StandardCharsets.US_ASCII))
                    .put(record);
            return new Next.Bytes(List.of(framed.flip()));
        }
    }

    private final VirtualStream stream = new VirtualStream();
    private final List<Event.Type> heard = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"15, 75", "2, 10", "0, 75", "-1, 75", "NaN, 75", "1e9, 75"})
    void takesAMasterForDeadAfterFiveMissedHeartbeats(double interval, long silence) throws InterruptedException {
        stream.at(0, ScriptedMaster.subscribed("f-1", interval));
        stream.at(8, heartbeat());

        assertThat(read()).isEqualTo("no heartbeat within " + Duration.ofSeconds(silence));
        assertThat(stream.now).isEqualTo(Duration.ofSeconds(8 + silence));
    }

    @Test
    void livesAsLongAsSomethingComes() throws InterruptedException {
        stream.at(0, ScriptedMaster.subscribed("f-1", 15));
        for (int second = 74; second < 10_000; second += 74) {
            stream.at(second, heartbeat());
        }

        assertThat(read()).startsWith("no heartbeat within");
        assertThat(stream.now).isGreaterThan(Duration.ofMinutes(165));
        assertThat(heard).hasSizeGreaterThan(130);
    }

    @Test
    void waitsForASubscriptionAsLongAsMastersUsuallyMayBeSilent() throws InterruptedException {
        assertThat(read()).isEqualTo("no heartbeat within PT1M15S");
    }

    private static Event heartbeat() {
        return Event.newBuilder().setType(Event.Type.HEARTBEAT).build();
    }

    private String read() throws InterruptedException {
        return new Subscription("s-1", stream, new RecordIoDecoder(1_000)).read(new Subscription.Reader() {
            @Override
            public void event(Event event) {
                heard.add(event.getType());
            }

            @Override
            public void unreadable(String why) {
                throw new AssertionError(why);
            }
        });
    }
}
