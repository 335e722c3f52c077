package io.muster.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;

/** How cost grows with the number of agents: the exponent b of the power law a·nᵇ that fits best. */
final class Growth {

    private Growth() {}

    /** Prints one line for each demand. */
    static void print(Collection<RunResult> results) {
        for (MatchingBenchmark.Demand demand : MatchingBenchmark.Demand.values()) {
            List<RunResult> own = results.stream()
                    .filter(result -> demand.name().equals(result.getParams().getParam("demand")))
                    .toList();
            System.out.printf(
                    Locale.ROOT,
                    "%s: processor time grows with agents^%.2f, allocated bytes with agents^%.2f%n",
                    demand,
                    exponent(own, result -> secondary(result, "cpu")),
                    exponent(own, result -> secondary(result, "gc.alloc.rate.norm")));
        }
    }

    private static double secondary(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name)).getScore();
    }

    private static double exponent(List<RunResult> results, ToDoubleFunction<RunResult> cost) {
        return exponent(
                results.stream()
                        .map(result -> Integer.valueOf(result.getParams().getParam("agents")))
                        .toList(),
                results.stream().map(cost::applyAsDouble).toList());
    }

    /** By least squares of the logarithms; as many costs as sizes, which differ. */
    static double exponent(List<Integer> sizes, List<Double> costs) {
        TreeMap<Double, Double> points = new TreeMap<>();
        for (int i = 0; i < sizes.size(); i++) {
            points.put(Math.log(sizes.get(i)), Math.log(costs.get(i)));
        }
        double meanX = mean(points.keySet());
        double meanY = mean(points.values());
        double products = 0;
        double squares = 0;
        for (var point : points.entrySet()) {
            products += (point.getKey() - meanX) * (point.getValue() - meanY);
            squares += (point.getKey() - meanX) * (point.getKey() - meanX);
        }
        return products / squares;
    }

    private static double mean(Collection<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
