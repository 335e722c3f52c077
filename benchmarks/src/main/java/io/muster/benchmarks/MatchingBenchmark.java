package io.muster.benchmarks;

import io.muster.deploy.cluster.LaunchRequest;
import io.muster.mesos.matching.MatchPolicy;
import io.muster.mesos.matching.MatchResult;
import io.muster.mesos.matching.MatchSettings;
import io.muster.mesos.matching.OfferMatcher;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.v1.Protos.Offer;
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

/** One round: 10,000 waiting instances of 100 pods, on one thread, from the messages of Mesos to those for it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class MatchingBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*"), MatchPolicy.usual(1_000));

    /** Each with one offer. */
    @Param({"100", "300", "1000", "3000", "10000"})
    public int agents;

    /** What is asked. */
    public enum Demand {
        /** All instances find a place. */
        PLAIN,
        /** Each instance of a pod on another host, evenly in three racks. */
        CONSTRAINED,
        /** No agent has so many cpus. */
        TOO_MUCH
    }

    @Param
    public Demand demand;

    private List<Offer> offers;
    private List<LaunchRequest> requests;

    /** Makes offers and requests, and looks at what becomes of them. */
    @Setup
    public void task() {
        offers = MatchingTask.offers(agents);
        requests = MatchingTask.requests(demand == Demand.CONSTRAINED, demand == Demand.TOO_MUCH ? 1_000 : 0);
        int placed = round().matching().placements().size();
        int expected = demand == Demand.TOO_MUCH ? 0 : placeable();
        if (placed != expected) {
            throw new IllegalStateException(placed + " instances placed, not " + expected);
        }
    }

    /** Of each pod at most one on each host; evenly in the racks, but for one more in some. */
    private int placeable() {
        return demand == Demand.CONSTRAINED
                ? Math.min(MatchingTask.INSTANCES / MatchingTask.PODS, agents) * MatchingTask.PODS
                : MatchingTask.INSTANCES;
    }

    /** A round. */
    @Benchmark
    public MatchResult round() {
        return OfferMatcher.match(requests, offers, SETTINGS, NOW, new Random(7));
    }
}
