package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and dashboards of the chart ask for metrics and labels that a running instance exports. */
@ExtendWith(Servers.class)
class WatchedMetricsTest {

    private static final Path CHART = Path.of("../helm/muster");

    /** With its selectors, if it has any; names of metrics have underscores, recorded ones colons as well. */
    private static final Pattern METRIC = Pattern.compile(
            "\\b((?:muster|http|hikaricp|jvm|process|system|jdbc|logback|tomcat)[_:][a-zA-Z0-9_:]+)(?:\\{([^}]*)})?");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");

    /** Prometheus gives these itself. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance", "namespace", "pod");

    private final Server server;

    WatchedMetricsTest(Server server) {
        this.server = server;
    }

    @Test
    void rulesAskForWhatThereIs() throws IOException {
        String rules = Files.readString(CHART.resolve("rules/muster.yaml"));

        assertThat(unknown(Stream.of(rules), exported(), recorded())).isEmpty();
    }

    @Test
    void dashboardsAskForWhatThereIs() throws IOException {
        Map<String, Set<String>> exported = exported();
        List<Path> files;
        try (Stream<Path> found = Files.list(CHART.resolve("dashboards"))) {
            files = found.sorted().toList();
        }

        assertThat(files).hasSize(5);
        for (Path file : files) {
            JsonNode dashboard = new JsonMapper().readTree(file);
            List<String> queries = dashboard
                    .get("panels")
                    .valueStream()
                    .flatMap(panel -> panel.path("targets").valueStream())
                    .map(target -> target.get("expr").asString())
                    .toList();
            assertThat(queries)
                    .as(file.toString())
                    .hasSizeGreaterThan(4)
                    .allMatch(query -> METRIC.matcher(query).find());
            assertThat(unknown(queries.stream(), exported, recorded()))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void aMetricOrALabelThatIsNotThereIsNoticed() throws IOException {
        assertThat(unknown(
                        Stream.of("sum(muster_leaders) > 0", "muster_instances{state=\"running\"}", "up == 0"),
                        exported(),
                        recorded()))
                .containsExactlyInAnyOrder("muster_leaders", "muster_instances{state}");
    }

    @Test
    void whatThereIsIsCounted() {
        server.deploy(Pod.of("/watched"));

        soon().until(() -> value("muster_instances{condition=\"running\"}") >= 1);
        assertThat(value("muster_instances{condition=\"unreachable\"}")).isNotNegative();
        assertThat(value("muster_deployments_oldest_age_seconds")).isNotNegative();
        server.delete("/v2/pods/watched");
    }

    @Test
    void noMetricGrowsWithPods() {
        live("/watched/first");
        Set<String> before = series();

        live("/watched/second");
        live("/watched/third");

        assertThat(series()).isEqualTo(before);
    }

    /** From its creation to the end of its deletion. */
    private void live(String pod) {
        server.deploy(Pod.of(pod));
        server.get("/v2/pods" + pod + "::status").expect(200);
        server.clear();
    }

    /** All that is told of Muster, and of requests: not what the JVM and the pool come to tell by and by. */
    private Set<String> series() {
        return text().lines()
                .filter(line -> line.startsWith("muster_") || line.startsWith("http_server_requests"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private double value(String sample) {
        return text().lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private String text() {
        return server.send("GET", "/actuator/prometheus", Map.of("Accept", "text/plain"), null)
                .expect(200)
                .body();
    }

    /** The labels of each metric. */
    private Map<String, Set<String>> exported() {
        server.get("/v2/pods").expect(200);
        var labels = new HashMap<String, Set<String>>();
        text().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int end = line.indexOf('{') < 0 ? line.indexOf(' ') : line.indexOf('{');
            labels.computeIfAbsent(line.substring(0, end), _ -> new TreeSet<>()).addAll(labels(line.substring(end)));
        });
        return labels;
    }

    private static Set<String> recorded() throws IOException {
        return Pattern.compile("record: (\\S+)")
                .matcher(Files.readString(CHART.resolve("rules/muster.yaml")))
                .results()
                .map(record -> record.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> unknown(
            Stream<String> queries, Map<String, Set<String>> exported, Set<String> recorded) {
        var unknown = new TreeSet<String>();
        for (MatchResult use :
                queries.flatMap(query -> METRIC.matcher(query).results()).toList()) {
            String metric = use.group(1);
            Set<String> known = exported.get(metric);
            if (known == null) {
                if (!recorded.contains(metric)) {
                    unknown.add(metric);
                }
                continue;
            }
            for (String label : labels(use.group(2) == null ? "" : use.group(2))) {
                if (!known.contains(label) && !OF_THE_SCRAPE.contains(label)) {
                    unknown.add(metric + "{" + label + "}");
                }
            }
        }
        return unknown;
    }

    private static List<String> labels(String selector) {
        var names = new ArrayList<String>();
        Matcher label = LABEL.matcher(selector.replaceAll("\"[^\"]*\"", "\"\""));
        while (label.find()) {
            names.add(label.group(1));
        }
        return names;
    }
}
