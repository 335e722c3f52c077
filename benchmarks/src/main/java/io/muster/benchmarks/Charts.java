package io.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Draws lines of JSON that scenarios printed as SVG, and prints them as a table. */
final class Charts {

    private static final double WIDTH = 720;
    private static final double LEFT = 250;
    private static final double BAR = 22;
    private static final double PLOT = 300;
    private static final String STYLE = "<style>text{font:13px sans-serif;fill:#777}.a{fill:#3b6fb5}.b{fill:#d08a2e}"
            + ".c{fill:#5a9a68}.line{stroke:#999;stroke-width:1}</style>\n";

    /** Processor time: how each part is called, and drawn. */
    private static final Map<String, String> PARTS = parts();

    private static final List<String> LOADS =
            List.of("one pod, cold", OnePod.NAME, OnePod.NAME + ", to none", ManyPods.NAME, "rolling update");

    private Charts() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("serverCpuSeconds", "a");
        parts.put("databaseCpuSeconds", "b");
        parts.put("mesosCpuSeconds", "c");
        return parts;
    }

    /** Takes the file of results, and the directory that gets the pictures. */
    static void run(List<String> arguments) throws IOException {
        Path results = Path.of(arguments.get(0));
        Path directory = Files.createDirectories(Path.of(arguments.get(1)));
        List<Report.Line> lines = read(results);
        Files.writeString(directory.resolve("cost.svg"), cost(lines));
        Files.writeString(directory.resolve("growth.svg"), growth(lines));
        System.out.print(ScaleTable.markdown(lines));
    }

    static List<Report.Line> read(Path results) throws IOException {
        List<Report.Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(results)) {
            JsonNode json = JsonMapper.shared().readTree(text);
            Map<String, Number> numbers = new LinkedHashMap<>();
            json.properties().stream()
                    .filter(each -> each.getValue().isNumber())
                    .forEach(each -> numbers.put(each.getKey(), each.getValue().numberValue()));
            lines.add(new Report.Line(json.get("scenario").asString(), numbers));
        }
        return lines;
    }

    /** Processor time of each instance, by who used it: the largest one of each load. */
    static String cost(List<Report.Line> lines) {
        Map<String, Report.Line> loads = new LinkedHashMap<>();
        for (String load : LOADS) {
            lines.stream()
                    .filter(line -> line.scenario().equals(load))
                    .max(Comparator.comparingDouble(line -> line.number("size")))
                    .ifPresent(line -> loads.put(load, line));
        }
        double most = loads.values().stream().mapToDouble(Charts::total).max().orElse(1);
        double scale = (WIDTH - LEFT - 80) / most;
        StringBuilder bars = new StringBuilder();
        double y = 40;
        for (Map.Entry<String, Report.Line> load : loads.entrySet()) {
            double x = LEFT;
            bars.append(text(
                    LEFT - 10,
                    y + 16,
                    "end",
                    load.getKey() + ", "
                            + String.format(
                                    Locale.ROOT, "%,.0f", load.getValue().number("size"))));
            for (Map.Entry<String, String> part : PARTS.entrySet()) {
                double width = each(load.getValue(), part.getKey()) * scale;
                bars.append(rectangle(x, y, width, part.getValue()));
                x += width;
            }
            bars.append(text(x + 6, y + 16, "start", String.format(Locale.ROOT, "%.2f ms", total(load.getValue()))));
            y += BAR + 8;
        }
        String legend = rectangle(LEFT, 8, 14, "a")
                + text(LEFT + 20, 24, "start", "Muster")
                + rectangle(LEFT + 110, 8, 14, "b")
                + text(LEFT + 130, 24, "start", "PostgreSQL")
                + rectangle(LEFT + 230, 8, 14, "c")
                + text(LEFT + 250, 24, "start", "simulated Mesos");
        return svg(y + 10, "Processor time of one instance, in milliseconds", legend + bars);
    }

    private static double total(Report.Line line) {
        return PARTS.keySet().stream().mapToDouble(part -> each(line, part)).sum();
    }

    private static double each(Report.Line line, String part) {
        return 1000 * line.number(part) / line.number("size");
    }

    /** Seconds against instances, both by powers of ten. */
    static String growth(List<Report.Line> lines) {
        StringBuilder plot = new StringBuilder();
        for (int power = 3; power <= 5; power++) {
            plot.append(line(x(Math.pow(10, power)), 20, x(Math.pow(10, power)), PLOT));
            plot.append(text(
                    x(Math.pow(10, power)),
                    PLOT + 20,
                    "middle",
                    String.format(Locale.ROOT, "%,.0f", Math.pow(10, power))));
        }
        for (int power = 0; power <= 3; power++) {
            plot.append(line(60, y(Math.pow(10, power)), WIDTH - 20, y(Math.pow(10, power))));
            plot.append(text(
                    52, y(Math.pow(10, power)) + 4, "end", String.format(Locale.ROOT, "%,.0f s", Math.pow(10, power))));
        }
        plot.append(points(lines, OnePod.NAME, "a"));
        plot.append(points(lines, ManyPods.NAME, "b"));
        plot.append(rectangle(70, 26, 14, "a")).append(text(90, 42, "start", "one pod" + exponent(lines, OnePod.NAME)));
        plot.append(rectangle(300, 26, 14, "b"))
                .append(text(320, 42, "start", "pods of ten instances each" + exponent(lines, ManyPods.NAME)));
        return svg(PLOT + 40, "Seconds until all instances run, by their number", plot.toString());
    }

    /** How the time grows, if there are two sizes. */
    private static String exponent(List<Report.Line> lines, String scenario) {
        List<Report.Line> own =
                lines.stream().filter(line -> line.scenario().equals(scenario)).toList();
        List<Integer> sizes =
                own.stream().map(line -> (int) line.number("size")).toList();
        return sizes.stream().distinct().count() < 2
                ? ""
                : String.format(
                        Locale.ROOT,
                        ": to the power of %.2f",
                        Growth.exponent(
                                sizes,
                                own.stream().map(line -> line.number("seconds")).toList()));
    }

    private static String points(List<Report.Line> lines, String scenario, String style) {
        return lines.stream()
                .filter(line -> line.scenario().equals(scenario))
                .map(line -> String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>%n",
                        style,
                        x(line.number("size")),
                        y(line.number("seconds"))))
                .collect(Collectors.joining());
    }

    private static double x(double instances) {
        return 60 + (WIDTH - 110) * (Math.log10(instances) - 2.8) / 2.2;
    }

    private static double y(double seconds) {
        return PLOT - (PLOT - 20) * (Math.log10(seconds) + 0.3) / 3.3;
    }

    private static String rectangle(double x, double y, double width, String style) {
        return String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\"/>%n",
                style,
                x,
                y,
                width,
                BAR);
    }

    private static String line(double fromX, double fromY, double toX, double toY) {
        return String.format(
                Locale.ROOT,
                "<line class=\"line\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                fromX,
                fromY,
                toX,
                toY);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }

    private static String svg(double height, String title, String content) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\">%n"
                                + "<title>%s</title>%n",
                        WIDTH,
                        height,
                        title)
                + STYLE + content + "</svg>\n";
    }
}
