package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.recorded.Recording;
import io.muster.mesos.RecordedTraffic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded stream, in portions of many sizes. */
class RecordedStreamsTest {

    private static final int LARGEST = 1 << 20;

    static List<String> streams() {
        return RecordedTraffic.streams();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void isCutIntoItsRecordsHoweverTheBytesArrive(String stream) throws IOException {
        byte[] framed = RecordedTraffic.response(stream).body();
        List<byte[]> records = Recording.records(framed);

        for (int size : new int[] {1, 2, 3, 7, 64, 1_460, 8_192, framed.length}) {
            List<byte[]> decoded = new ArrayList<>();
            RecordIoDecoder decoder = new RecordIoDecoder(LARGEST);
            for (int at = 0; at < framed.length; at += size) {
                decoded.addAll(decoder.decode(ByteBuffer.wrap(framed, at, Math.min(size, framed.length - at))));
            }
            assertThat(decoded)
                    .as("portions of %s", size)
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(records);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void isReadEventByEvent(String stream) throws InterruptedException, IOException {
        List<Event> events = RecordedTraffic.events(stream);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        for (Event event : events) {
            framed.write((event.getSerializedSize() + "\n").getBytes(StandardCharsets.US_ASCII));
            event.writeTo(framed);
        }
        EventStream bytes = new EventStream();
        Random sizes = new Random(stream.hashCode());
        ByteBuffer rest = ByteBuffer.wrap(framed.toByteArray());
        while (rest.hasRemaining()) {
            int size = Math.min(1 + sizes.nextInt(300), rest.remaining());
            bytes.onNext(List.of(rest.slice(rest.position(), size)));
            rest.position(rest.position() + size);
        }
        bytes.onComplete();

        List<Event> read = new ArrayList<>();
        String end = new Subscription("s-1", bytes, new RecordIoDecoder(LARGEST)).read(new Subscription.Reader() {
            @Override
            public void event(Event event) {
                read.add(event);
            }

            @Override
            public void unreadable(String why) {
                throw new AssertionError(why);
            }
        });

        assertThat(end).isEqualTo("the master ended the stream");
        assertThat(read).isEqualTo(events);
    }
}
