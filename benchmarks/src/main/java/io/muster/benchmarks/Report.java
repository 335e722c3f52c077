package io.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What scenarios took, in the order in which they ended: printed as lines of JSON, and kept. */
final class Report {

    /** What one load took; the numbers in the order in which they are printed. */
    record Line(String scenario, Map<String, Number> numbers) {

        double number(String name) {
            return Objects.requireNonNull(numbers.get(name), name).doubleValue();
        }

        String json() {
            return numbers.entrySet().stream()
                    .map(each -> ",\"" + each.getKey() + "\":" + text(each.getValue()))
                    .collect(Collectors.joining("", "{\"scenario\":\"" + scenario + "\"", "}"));
        }

        private static String text(Number number) {
            double value = number.doubleValue();
            return value == Math.rint(value)
                    ? String.format(Locale.ROOT, "%.0f", value)
                    : String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
        }
    }

    /** To which each line is appended; none if empty. */
    private static final String FILE = System.getProperty("muster.benchmark.results", "");

    private final List<Line> lines = new ArrayList<>();

    /** All so far. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Adds so many things that were done; {@code more} are numbers of this scenario alone. */
    void work(
            Installation installation, String scenario, long size, Consumption used, Map<String, ? extends Number> more)
            throws IOException {
        Map<String, Number> numbers = used.ofWork(size);
        numbers.putAll(more);
        add(installation, scenario, size, numbers);
    }

    /** Adds a time in which nothing had to be done for so many things. */
    void rest(Installation installation, String scenario, long size, Consumption used) throws IOException {
        add(installation, scenario, size, used.ofRest());
    }

    /** Adds what was measured, between what is told of each scenario. */
    void add(Installation installation, String scenario, long size, Map<String, ? extends Number> measured)
            throws IOException {
        Map<String, Number> numbers = new LinkedHashMap<>();
        numbers.put("size", size);
        numbers.put("agents", installation.agents());
        numbers.putAll(measured);
        numbers.put("peakMiB", installation.server().peakMiB());
        add(new Line(scenario, numbers));
    }

    /** Adds what is not about one installation. */
    void add(Line line) throws IOException {
        lines.add(line);
        System.out.println(line.json());
        if (!FILE.isEmpty()) {
            Files.writeString(Path.of(FILE), line.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
