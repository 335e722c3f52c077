package io.muster.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules for Prometheus: that they say what they are meant to, and that people know what to do then. */
class RulesTest {

    private static final Path RULES = Chart.DIRECTORY.resolve("rules/muster.yaml");
    private static final Path TESTS = Path.of("src/test/promtool/alerts.yaml");
    private static final Path RUNBOOK = Path.of("../docs/runbook.md");

    @Test
    void promtoolFindsThatTheyFireWhenTheyShould(@TempDir Path directory) throws IOException, InterruptedException {
        Files.copy(TESTS, directory.resolve("alerts.yaml"));
        Files.copy(RULES, directory.resolve("muster.yaml"));

        assertThat(promtool(directory, "check", "rules", "muster.yaml")).isEmpty();
        assertThat(promtool(directory, "test", "rules", "alerts.yaml")).isEmpty();

        Files.writeString(
                directory.resolve("muster.yaml"),
                Files.readString(RULES).replace("(muster_leader) == 0", "(muster_leader) == 7"));
        assertThat(promtool(directory, "test", "rules", "alerts.yaml").orElse(""))
                .as("and it notices an alert that stays away")
                .contains("MusterNoLeader");
    }

    @Test
    void everyAlertIsTriedAndHasAnEntryInTheRunbook() throws IOException {
        String tried = Files.readString(TESTS);
        List<String> alerts = alerts().map(alert -> alert.at("/alert").asText()).toList();

        assertThat(alerts).hasSizeGreaterThan(15).doesNotHaveDuplicates().allMatch(tried::contains);
        assertThat(Files.readAllLines(RUNBOOK).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring("## ".length())))
                .containsExactlyElementsOf(alerts);
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatIsWrong() throws IOException {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
        });
    }

    @Test
    void theChartPassesThemAndTheDashboardsOn() throws IOException {
        Manifests manifests = Chart.render(Values.feature("watched"));

        assertThat(manifests.only("PrometheusRule").at("/spec")).isEqualTo(Chart.yaml(Files.readString(RULES)));
        List<JsonNode> dashboards = manifests.ofKind("ConfigMap").stream()
                .filter(map -> map.at("/metadata/labels").has("grafana_dashboard"))
                .toList();
        try (Stream<Path> files = Files.list(Chart.DIRECTORY.resolve("dashboards"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = "muster-" + file.getFileName();
                assertThat(dashboards)
                        .anySatisfy(map -> assertThat(map.at("/data").path(name).asText())
                                .isEqualToIgnoringNewLines(Files.readString(file)));
            }
        }
        assertThat(dashboards).hasSize(5);
    }

    private static Stream<JsonNode> alerts() throws IOException {
        return Manifests.each(Chart.yaml(Files.readString(RULES)).at("/groups"))
                .flatMap(group -> Manifests.each(group.at("/rules")))
                .filter(rule -> rule.has("alert"));
    }

    /** What it says if it fails; empty if it does not. */
    private static Optional<String> promtool(Path directory, String... arguments)
            throws IOException, InterruptedException {
        boolean present = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool")));
        assumeTrue(present, "there is no promtool here");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    }
}
