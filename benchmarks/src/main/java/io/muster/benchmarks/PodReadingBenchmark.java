package io.muster.benchmarks;

import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodFeatures;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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

/** From the bytes of a request to a definition that is normalised and valid, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class PodReadingBenchmark {

    private static final PodFeatures FEATURES = new PodFeatures(null, "*", false, false, 100_000, 200);

    /** Of the pod. */
    @Param({"1", "50"})
    public int containers;

    private byte[] body;

    /** Makes the definition. */
    @Setup
    public void definition() {
        body = Definitions.withContainers("/bench/pod", containers).getBytes(StandardCharsets.UTF_8);
        if (!(read() instanceof Reading.Accepted)) {
            throw new IllegalStateException("the definition is not accepted: " + read());
        }
    }

    /** What a POST does before it comes to the database. */
    @Benchmark
    public Reading read() {
        return PodJson.read(body, FEATURES, false);
    }
}
