package io.muster.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The lines of a report as a table in Markdown. */
final class ScaleTable {

    private static final String HEAD = """
            | Load | Size | Seconds | A second | Server, database, Mesos: CPU ms each | WAL bytes each | Statements each | p50, p99 until ready | Most memory |
            |---|---|---|---|---|---|---|---|---|
            """;

    private ScaleTable() {}

    /** With a line for each that took time, and not only warmed the server up. */
    static String markdown(List<Report.Line> lines) {
        StringBuilder table = new StringBuilder(HEAD);
        lines.stream()
                .filter(line -> line.numbers().containsKey("seconds"))
                .filter(line -> !line.scenario().endsWith(OnePod.WARMING_UP))
                .forEach(line -> table.append(row(line)));
        return table.toString();
    }

    private static String row(Report.Line line) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f | %s | %s | %s | %s | %s | %.0f MiB |%n",
                line.scenario(),
                line.number("size"),
                line.number("seconds"),
                cell(line, "%.0f", "perSecond"),
                each(line),
                cell(line, "%.0f", "walBytesEach"),
                cell(line, "%.2f", "statementsEach"),
                line.numbers().containsKey("readyP50Seconds")
                        ? cell(line, "%.1f s, ", "readyP50Seconds") + cell(line, "%.1f s", "readyP99Seconds")
                        : "",
                line.number("peakMiB"));
    }

    private static String each(Report.Line line) {
        if (line.numbers().containsKey("percentOfACore")) {
            return cell(line, "%.2f %% of a core", "percentOfACore");
        }
        return milliseconds(line, "serverCpuSeconds", ", ")
                + milliseconds(line, "databaseCpuSeconds", ", ")
                + milliseconds(line, "mesosCpuSeconds", "");
    }

    private static String milliseconds(Report.Line line, String name, String after) {
        return line.numbers().containsKey(name)
                ? String.format(Locale.ROOT, "%.2f%s", 1000 * line.number(name) / line.number("size"), after)
                : "";
    }

    private static String cell(Report.Line line, String format, String name) {
        return line.numbers().containsKey(name)
                ? String.format(
                        Locale.ROOT,
                        format,
                        Objects.requireNonNull(line.numbers().get(name)).doubleValue())
                : "";
    }
}
