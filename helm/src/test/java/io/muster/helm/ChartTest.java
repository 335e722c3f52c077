package io.muster.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart says of itself, and what it refuses. */
class ChartTest {

    private static final String KUBERNETES = "1.34.0";

    @Test
    void lintFindsNothing() {
        LintResult lint = Chart.lint();

        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages())
                .noneMatch(message -> message.startsWith("[ERROR]") || message.startsWith("[WARN"));
    }

    @Test
    void theProgramIsTheOneOfThisBuild() throws IOException {
        JsonNode chart = Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")));

        assertThat(chart.at("/appVersion").asText()).isEqualTo(System.getProperty("muster.version"));
    }

    @Test
    void withoutAnyValuesItSaysEverythingThatIsMissing() {
        assertThatThrownBy(() -> Chart.renderAlone(KUBERNETES, List.of()))
                .hasMessageContainingAll(
                        "Muster cannot be installed like this",
                        "database.url is not set",
                        "database.app.existingSecret is not set",
                        "mesos.masters is empty",
                        "security.mode is not set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            database: {url: ''}                                              | database.url is not set: say which PostgreSQL
            database: {url: 'mysql://db'}                                    | database.url must begin with jdbc:postgresql:
            database: {url: 'jdbc:postgresql://db/m?user=a&password=b'}      | database.url has a user or a password in it
            database: {url: 'jdbc:postgresql://a:b@db/m'}                    | database.url has a user or a password in it
            database: {app: {existingSecret: ''}}                            | database.app.existingSecret is not set
            mesos: {masters: []}                                             | mesos.masters is empty
            security: {mode: ''}                                             | security.mode is not set: basic
            security: {users: {existingSecret: ''}}                          | security.users.existingSecret is not set
            security: {mode: jwt}                                            | security.jwt.issuer is not set
            mesos: {credentials: {existingSecret: m}}                        | mesos.principal is not set
            postgresql: {enabled: true}                                      | database.url and postgresql.enabled are both set
            postgresql: {enabled: true}                                      | postgresql.existingSecret is not set
            ingress: {enabled: true}                                         | ingress.hosts is empty
            tls: {management: true}                                          | tls.management needs tls.existingSecret
            ports: {management: 8080}                                        | ports.api and ports.management must differ
            terminationGracePeriodSeconds: 50                                | terminationGracePeriodSeconds must be more than
            """)
    void whatCannotWorkIsRefusedWithTheRemedy(String values, String message) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(message);
    }

    @Test
    void nobodyOpensTheDoorByAccident() {
        assertThatThrownBy(() -> Chart.render("security: {mode: none}", Values.feature("ingress")))
                .hasMessageContaining("ingress.enabled with security.mode none");
    }

    @Test
    void theTrialHasNoDatabaseForAJobBeforeIt() {
        assertThatThrownBy(() -> Chart.render(Values.TRIAL, "migration: {mode: job}"))
                .hasMessageContaining("migration.mode job runs before the PostgreSQL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 2",
                "replicaCount: two",
                "replicaCount: 0",
                "database: {URL: jdbc}",
                "database: {app: {password: geheim}}",
                "security: {mode: open}",
                "security: {mode: jwt, jwt: {issuer: id.example}}",
                "runAsUser: 0",
                "ports: {api: 80}",
                "jvm: {heapPercentage: 95}",
                "resources: {limits: {memory: much}}",
                "networkPolicy: {mesosPorts: []}",
                "podDisruptionBudget: {maxUnavailable: 0}",
                "image: {digest: 'sha256:1'}",
                "tls: {existingSecret: Capitals}",
            })
    void whatTheSchemaDoesNotKnowIsRefused(String values) {
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining("values don't meet the specifications");
    }

    @Test
    void everyDefaultIsInTheSchemaAndEveryNameOfTheSchemaHasADefault() throws IOException {
        JsonNode schema = Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("values.schema.json")));
        JsonNode defaults = Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("values.yaml")));
        var missing = new ArrayList<String>();

        compare(schema, schema, defaults, "", missing);

        assertThat(missing).containsExactly("global");
    }

    private static void compare(JsonNode root, JsonNode schema, JsonNode value, String path, List<String> missing) {
        JsonNode type = schema.has("$ref") ? root.at(schema.at("/$ref").asText().substring(1)) : schema;
        type.at("/properties").properties().forEach(property -> {
            String name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            JsonNode part = value.path(property.getKey());
            if (!part.isMissingNode()) {
                compare(root, property.getValue(), part, name, missing);
            } else if (!name.endsWith(".initialDelaySeconds")) {
                missing.add(name);
            }
        });
    }

    @Test
    void notesSayWhatToDoNextAndWhatToMind() {
        String notes = Chart.notes();

        assertThat(notes)
                .contains(
                        "rollout status deployment/shop-muster",
                        "port-forward service/shop-muster 8080:8080",
                        "-u USER")
                .doesNotContain("WARNING", "NOTE:", "TRIALS");
        assertThat(Chart.notes(Values.TRIAL, "security: {mode: none}", "replicaCount: 1"))
                .contains("FOR TRIALS ONLY", "WARNING: security.mode is none", "NOTE: with one replica");
        assertThat(Chart.notes(Values.feature("one role for the database"), Values.feature("no rules for the network")))
                .contains("database.owner.existingSecret is not set", "networkPolicy.enabled is false");
        assertThat(Chart.notes(Values.feature("ingress"), Values.feature("tokens")))
                .contains("https://muster.example/", "https://pods.example/v2");
        assertThat(Chart.notes(Values.feature("tls"), "metrics: {serviceMonitor: {enabled: true}}"))
                .contains("https://127.0.0.1:8080/v2/info", "Give Prometheus a user or a token");
    }

    @Test
    void olderClustersAreRefused() {
        assertThatThrownBy(() -> Chart.renderAlone("1.29.4", List.of(Chart.LEAST)))
                .hasMessageContaining("chart requires kubeVersion: >=1.30");
        assertThat(Chart.renderAlone("1.30.0", List.of(Chart.LEAST)).all()).isNotEmpty();
    }

    @Test
    void noImageIsBoundToARegistry() {
        for (JsonNode pod : Chart.render(Values.TRIAL).pods()) {
            for (JsonNode container : Manifests.containers(pod.at("/spec"))) {
                assertThat(container.at("/image").asText()).matches(Pattern.compile("(muster|postgres):[-.\\w]+"));
            }
        }
    }
}
