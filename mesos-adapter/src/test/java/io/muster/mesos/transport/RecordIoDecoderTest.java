package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIoDecoderTest {

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsTheSameRecordsHoweverTheBytesArrive(long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> records = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            byte[] record = new byte[random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(30)];
            random.nextBytes(record);
            records.add(record);
            stream.writeBytes(
                    ("0".repeat(random.nextInt(3)) + record.length + "\n").getBytes(StandardCharsets.US_ASCII));
            stream.writeBytes(record);
        }

        RecordIoDecoder decoder = new RecordIoDecoder(40_000);
        List<byte[]> decoded = new ArrayList<>();
        byte[] bytes = stream.toByteArray();
        int largestChunk = 1 + random.nextInt(random.nextBoolean() ? 5 : 20_000);
        for (int from = 0; from < bytes.length; ) {
            int size = Math.min(bytes.length - from, 1 + random.nextInt(largestChunk));
            decoded.addAll(decoder.decode(ByteBuffer.wrap(bytes, from, size)));
            from += size;
        }

        assertThat(decoded.stream().map(ByteBuffer::wrap).toList())
                .isEqualTo(records.stream().map(ByteBuffer::wrap).toList());
    }

    @Test
    void readsARecordedStream() throws IOException {
        try (InputStream recorded =
                Objects.requireNonNull(RecordIoDecoderTest.class.getResourceAsStream("subscribed.recordio"))) {
            List<byte[]> records = new RecordIoDecoder(1024).decode(ByteBuffer.wrap(recorded.readAllBytes()));

            assertThat(records).hasSize(2);
            Event.Subscribed subscribed = Event.parseFrom(records.getFirst()).getSubscribed();
            assertThat(subscribed.getFrameworkId().getValue()).isEqualTo("a87a9714-6fdb-41fd-af44-8432c66cc4c2-0003");
            assertThat(subscribed.getHeartbeatIntervalSeconds()).isEqualTo(15.0);
            assertThat(Event.parseFrom(records.getLast()).getType()).isEqualTo(Event.Type.HEARTBEAT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "x", "-1\n", " 1\n", "1 \n", "0x1\n", "2\nabx", "1\r\n", "{\"type\""})
    void refusesWhatIsNoLength(String stream) {
        assertThatThrownBy(() -> decode(stream, 100))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("expected the length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"101\n", "18446744073709551616\n", "99999999999999999999999", "000000000000000000000"})
    void refusesRecordsThatAreTooLongBeforeTheirBytesCome(String stream) {
        assertThatThrownBy(() -> decode(stream, 100))
                .isInstanceOf(MalformedStreamException.class)
                .hasMessageContaining("longer than 100 bytes");
    }

    @Test
    void allowsTheLargestRecordAndAnEmptyOne() throws IOException {
        assertThat(decode("5\nabcde0\n1\nx", 5)).hasSize(3);
    }

    private static List<byte[]> decode(String stream, int largest) throws IOException {
        return new RecordIoDecoder(largest).decode(ByteBuffer.wrap(stream.getBytes(StandardCharsets.US_ASCII)));
    }
}
