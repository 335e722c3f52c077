package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs scenarios, each on an installation of its own. */
final class Scale {

    private static final int HEAP_MIB = 1024;
    private static final int SIZE = 10_000;
    private static final int AGENTS = 10_000;
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final int agents;
    private final Report report = new Report();

    private Scale(int agents) {
        this.agents = agents;
    }

    /**
     * Runs what is named, and prints a table of it.
     *
     * @param arguments a scenario or {@code all}; its size; how many agents
     */
    static void run(List<String> arguments) throws IOException, SQLException, InterruptedException {
        String name = arguments.isEmpty() ? "all" : arguments.getFirst();
        int size = arguments.size() < 2 ? SIZE : Integer.parseInt(arguments.get(1));
        var scale = new Scale(arguments.size() < 3 ? AGENTS : Integer.parseInt(arguments.get(2)));
        switch (name) {
            case "all" -> {
                scale.run(new OnePod(), size);
                scale.run(new ManyPods(), size);
                scale.run(new RollingUpdate(), size / 2);
                scale.run(new ManyRunning(QUIET), 10 * size);
                scale.run(new LostAgents(), size);
                scale.run(new FullCluster(QUIET), size);
                scale.growth(size);
            }
            case "one-pod" -> scale.run(new OnePod(), size);
            case "many-pods" -> scale.run(new ManyPods(), size);
            case "rolling-update" -> scale.run(new RollingUpdate(), size);
            case "many-running" -> scale.run(new ManyRunning(QUIET), size);
            case "lost-agents" -> scale.run(new LostAgents(), size);
            case "full-cluster" -> scale.run(new FullCluster(QUIET), size);
            case "growth" -> scale.growth(size);
            default -> throw new IllegalArgumentException("no scenario: " + name);
        }
        System.out.print(ScaleTable.markdown(scale.report.lines()));
    }

    private void run(Scenario scenario, int size) throws IOException, SQLException, InterruptedException {
        try (var installation = new Installation(agents, scenario.cpus(size, agents), HEAP_MIB)) {
            scenario.run(installation, size, report);
        }
    }

    /** How the time grows with the size, from a tenth of the given one to three times it. */
    private void growth(int size) throws IOException, SQLException, InterruptedException {
        List<Integer> sizes = List.of(size / 10, size * 3 / 10, size, size * 3);
        List<Double> one = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        for (int each : sizes) {
            run(new OnePod(), each);
            one.add(report.lines().getLast().number("seconds"));
            run(new ManyPods(), each);
            many.add(report.lines().getLast().number("seconds"));
        }
        Map<String, Number> exponents = new LinkedHashMap<>();
        exponents.put("size", sizes.getLast());
        exponents.put("agents", agents);
        exponents.put("onePodExponent", Growth.exponent(sizes, one));
        exponents.put("manyPodsExponent", Growth.exponent(sizes, many));
        report.add(new Report.Line("growth", exponents));
    }
}
