package io.muster.mesos.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import io.muster.benchmarks.MatchingTask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From the bytes of the stream to the event, on one thread. In this package for the sake of the decoder. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true") // as in the application
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class OffersDecodingBenchmark {

    private static final int CHUNK = 16 * 1024;

    /** In one event. */
    @Param("1000")
    public int offers;

    private byte[] stream;

    /** Makes the bytes. */
    @Setup
    public void event() {
        byte[] event = Event.newBuilder()
                .setType(Event.Type.OFFERS)
                .setOffers(Event.Offers.newBuilder().addAllOffers(MatchingTask.offers(offers)))
                .build()
                .toByteArray();
        byte[] length = (event.length + "\n").getBytes(StandardCharsets.US_ASCII);
        stream = new byte[length.length + event.length];
        System.arraycopy(length, 0, stream, 0, length.length);
        System.arraycopy(event, 0, stream, length.length, event.length);
        System.out.println("# " + event.length + " bytes");
    }

    /** In chunks, as a connection delivers it. */
    @Benchmark
    public int decode() throws MalformedStreamException, InvalidProtocolBufferException {
        RecordIoDecoder decoder = new RecordIoDecoder(64 * 1024 * 1024);
        int decoded = 0;
        for (int from = 0; from < stream.length; from += CHUNK) {
            ByteBuffer chunk = ByteBuffer.wrap(stream, from, Math.min(CHUNK, stream.length - from));
            for (byte[] record : decoder.decode(chunk)) {
                decoded += Event.parseFrom(record).getOffers().getOffersCount();
            }
        }
        return decoded;
    }
}
