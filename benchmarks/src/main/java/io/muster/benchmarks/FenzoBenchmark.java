package io.muster.benchmarks;

import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.VirtualMachineLease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The task of {@link MatchingBenchmark} as Fenzo does it, which evaluates agents on as many threads as there are
 * processors. Its leases and requests are made beforehand; those of Muster are the messages of Mesos and definitions.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class FenzoBenchmark {

    @Param("1000")
    public int agents;

    /** Each instance of a pod on another host, evenly in three racks. A round takes minutes then. */
    @Param("false")
    public boolean constrained;

    /** Whether it looks at all agents for each task, or is content with the first that will do. */
    @Param({"true", "false"})
    public boolean looksAtAll;

    private TaskScheduler scheduler;
    private List<VirtualMachineLease> leases;
    private List<TaskRequest> requests;

    /** A scheduler knows what it has placed, so each round gets a new one. */
    @Setup(Level.Invocation)
    public void task() {
        TaskScheduler.Builder builder = new TaskScheduler.Builder()
                .withLeaseRejectAction(_ -> {})
                .withLeaseOfferExpirySecs(1_000_000)
                .disableShortfallEvaluation();
        scheduler = (looksAtAll ? builder : builder.withFitnessGoodEnoughFunction(_ -> true)).build();
        leases = new ArrayList<>();
        for (int agent = 0; agent < agents; agent++) {
            leases.add(new FenzoLease(agent));
        }
        requests = FenzoTask.all(constrained);
    }

    /** A round. */
    @Benchmark
    public int round() {
        SchedulingResult result = scheduler.scheduleOnce(requests, leases);
        int placed = result.getResultMap().values().stream()
                .mapToInt(host -> host.getTasksAssigned().size())
                .sum();
        if (placed != MatchingTask.INSTANCES || !result.getExceptions().isEmpty()) {
            throw new IllegalStateException(placed + " tasks placed, " + result.getExceptions());
        }
        return placed;
    }

    /** Ends its threads. */
    @TearDown(Level.Invocation)
    public void end() {
        scheduler.shutdown();
    }
}
