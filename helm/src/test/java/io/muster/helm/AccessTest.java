package io.muster.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who gets to see which secret, and who may talk to whom. */
class AccessTest {

    @Test
    void onlyTheMigrationSeesTheOwnerOfTheSchema() {
        Manifests manifests = Chart.render();

        assertThat(secretsOf(manifests.server(), manifests.muster()))
                .containsExactlyInAnyOrder("database-app", "muster-users");
        JsonNode migration = manifests.server().at("/initContainers/0");
        assertThat(migration.at("/args").toString()).isEqualTo("[\"migrate\"]");
        assertThat(secretsOf(manifests.server(), migration))
                .containsExactlyInAnyOrder("database-app", "database-owner");
        assertThat(manifests.settings().at("/muster/database/migrate").asBoolean(true))
                .isFalse();
    }

    @Test
    void aJobMigratesBeforeTheReleaseAndReplicasDoNot() {
        Manifests manifests = Chart.render(Values.feature("migration by a job"));
        JsonNode job = manifests.only("Job");

        assertThat(manifests.server().has("initContainers")).isFalse();
        assertThat(manifests.server().at("/volumes").toString()).doesNotContain("database-owner");
        assertThat(job.at("/metadata/annotations").path(Chart.HOOK).asText()).isEqualTo("pre-install,pre-upgrade");
        JsonNode pod = job.at("/spec/template/spec");
        assertThat(pod.at("/restartPolicy").asText()).isEqualTo("Never");
        assertThat(secretsOf(pod, Objects.requireNonNull(pod.at("/containers/0"))))
                .containsExactlyInAnyOrder("database-app", "database-owner");
        JsonNode settings = manifests.named("ConfigMap", "shop-muster-migration");
        assertThat(settings.at("/metadata/annotations")
                        .path(Chart.HOOK + "-weight")
                        .asInt())
                .as("its settings are there before it")
                .isLessThan(job.at("/metadata/annotations")
                        .path(Chart.HOOK + "-weight")
                        .asInt());
        assertThat(settings.at("/data/application.yaml"))
                .isEqualTo(manifests.named("ConfigMap", "shop-muster").at("/data/application.yaml"));
    }

    @Test
    void somebodyElseMigratesWithoutTheChart() {
        Manifests manifests = Chart.render(Values.feature("migration by somebody else"));

        assertThat(manifests.server().has("initContainers")).isFalse();
        assertThat(manifests.ofKind("Job")).isEmpty();
        assertThat(manifests.all().toString()).doesNotContain("database-owner");
    }

    @Test
    void noSecretIsInTheEnvironmentAndAllOfThemAreFilesOfTheGroup() {
        Manifests manifests = Chart.render(
                Values.feature("a password for the masters"),
                Values.feature("tls"),
                "database: {ca: {existingSecret: ca}}");

        for (JsonNode container : Manifests.containers(manifests.server())) {
            assertThat(container.at("/env").toString()).doesNotContain("secretKeyRef");
        }
        for (JsonNode volume :
                (Iterable<JsonNode>) Manifests.each(manifests.server().at("/volumes"))::iterator) {
            Stream.of(volume.at("/secret"), volume.at("/projected"))
                    .filter(JsonNode::isObject)
                    .forEach(files -> assertThat(files.at("/defaultMode").asInt())
                            .as(volume.toString())
                            .isEqualTo(0440));
        }
        assertThat(secretsOf(manifests.server(), manifests.muster()))
                .containsExactlyInAnyOrder("database-app", "muster-users", "mesos", "mesos-ca", "muster-tls", "ca");
    }

    @Test
    void filesAreWhereTheSettingsLookForThem() {
        Manifests manifests = Chart.render(
                Values.feature("a password for the masters"),
                Values.feature("tls"),
                "database: {ca: {existingSecret: ca}}");
        JsonNode settings = manifests.settings();

        assertThat(Manifests.texts(manifests.muster().at("/volumeMounts"), "/mountPath"))
                .contains("/etc/muster/config", "/run/muster/database", "/etc/muster/database-ca");
        for (String pointer : List.of(
                "/muster/mesos/secret-file",
                "/muster/mesos/tls/ca-certificate",
                "/muster/security/users-file",
                "/spring/ssl/bundle/pem/server/keystore/certificate",
                "/spring/ssl/bundle/pem/server/keystore/private-key")) {
            String file = settings.at(pointer).asText().replace("file:", "");
            assertThat(mountedFiles(manifests)).as(pointer).contains(file);
        }
        assertThat(settings.at("/server/ssl/bundle").asText()).isEqualTo("server");
        assertThat(settings.at("/management/server/ssl/bundle").asText()).isEqualTo("server");
        assertThat(settings.at("/spring/config/import").asText()).isEqualTo("configtree:/run/muster/database/");
    }

    /** A secret without a list of keys shows all that it has; that of the certificate has these two. */
    private static List<String> mountedFiles(Manifests manifests) {
        JsonNode pod = manifests.server();
        return Manifests.each(manifests.muster().at("/volumeMounts"))
                .flatMap(mount -> {
                    JsonNode secret = volume(pod, mount.at("/name").asText()).at("/secret");
                    List<String> files = secret.has("items")
                            ? Manifests.texts(secret.at("/items"), "/path")
                            : List.of("tls.crt", "tls.key");
                    return files.stream().map(file -> mount.at("/mountPath").asText() + "/" + file);
                })
                .toList();
    }

    @Test
    void theNetworkLetsInAndOutWhatIsNeeded() {
        JsonNode policy = Chart.render().only("NetworkPolicy").at("/spec");

        assertThat(policy.at("/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(Manifests.texts(policy.at("/ingress"), "/ports/0/port")).containsExactly("api", "management");
        assertThat(policy.at("/ingress/1/from").toString())
                .as("metrics and health are for the same namespace")
                .isEqualTo("[{\"podSelector\":{}}]");
        assertThat(Manifests.texts(policy.at("/egress"), "/ports/0/port")).containsExactly("53", "5432", "5050");
    }

    @Test
    void aNarrowNetworkNamesItsPeers() {
        JsonNode policy = Chart.render(Values.feature("a narrow network"))
                .only("NetworkPolicy")
                .at("/spec");

        assertThat(policy.at("/ingress/0/from").toString()).contains("ingress");
        assertThat(policy.at("/ingress/1/from").toString()).contains("monitoring");
        assertThat(policy.at("/egress/1").toString()).contains("6432", "10.1.0.0/24");
        assertThat(policy.at("/egress/2").toString()).contains("5050", "10.2.0.0/24");
        assertThat(policy.at("/egress/3").toString()).contains("4318");
    }

    @Test
    void mastersReachLibmesosAndNobodyElseNeedsTo() {
        Manifests manifests = Chart.render(Values.feature("libmesos"));

        assertThat(manifests.muster().at("/env").toString()).contains("LIBPROCESS_IP", "LIBPROCESS_PORT");
        assertThat(Manifests.texts(manifests.only("NetworkPolicy").at("/spec/ingress"), "/ports/0/port"))
                .contains("libprocess");
        assertThat(Chart.render().all().toString()).doesNotContain("libprocess").doesNotContain("LIBPROCESS");
    }

    @Test
    void onlyTheReplicasReachTheDatabaseOfATrial() {
        Manifests manifests = Chart.render(Values.TRIAL);
        JsonNode database =
                manifests.named("NetworkPolicy", "shop-muster-postgresql").at("/spec");

        assertThat(database.at("/ingress/0/from").toString()).contains("\"server\"");
        assertThat(database.at("/policyTypes").toString()).contains("Egress");
        assertThat(database.has("egress")).as("it talks to nobody").isFalse();
        assertThat(manifests.settings().at("/spring/datasource/url").asText())
                .isEqualTo("jdbc:postgresql://shop-muster-postgresql:5432/muster");
        assertThat(manifests.settings().at("/spring/datasource/username").asText())
                .isEqualTo("muster");
        assertThat(files(volume(manifests.server(), "role").at("/secret")))
                .containsExactly("app-password as spring.datasource.password");
        assertThat(Manifests.each(volume(manifests.server(), "migration-roles").at("/projected/sources"))
                        .flatMap(source -> files(source.at("/secret")).stream()))
                .containsExactly(
                        "app-password as spring.datasource.password", "owner-password as spring.flyway.password");
        assertThat(manifests.server().at("/initContainers/0/env").toString()).contains("muster_owner");
    }

    @Test
    void metricsAreNotBehindTheIngress() {
        Manifests manifests = Chart.render(Values.feature("ingress"), Values.feature("watched"));

        assertThat(manifests.only("Ingress").toString())
                .contains("\"name\":\"shop-muster\"")
                .doesNotContain("management");
        assertThat(manifests.named("Service", "shop-muster").at("/spec/ports").size())
                .isEqualTo(1);
        JsonNode monitor = manifests.only("ServiceMonitor").at("/spec");
        assertThat(monitor.at("/endpoints/0/port").asText()).isEqualTo("management");
        assertThat(monitor.at("/endpoints/0/path").asText()).isEqualTo("/actuator/prometheus");
        assertThat(monitor.at("/endpoints/0/basicAuth/username/name").asText()).isEqualTo("scraper");
        monitor.at("/selector/matchLabels")
                .properties()
                .forEach(label -> assertThat(manifests
                                .named("Service", "shop-muster-management")
                                .at("/metadata/labels")
                                .path(label.getKey()))
                        .isEqualTo(label.getValue()));
    }

    @Test
    void tokensHaveAnIssuerAndMayHaveAnAudience() {
        Manifests manifests = Chart.render(Values.feature("tokens"));
        JsonNode security = manifests.settings().at("/muster/security");

        assertThat(security.toString())
                .isEqualTo(
                        "{\"jwt\":{\"audience\":\"muster\",\"issuer\":\"https://id.example/muster\"},\"mode\":\"jwt\"}");
        assertThat(Manifests.texts(manifests.only("NetworkPolicy").at("/spec/egress"), "/ports/0/port"))
                .contains("443");
        assertThat(Chart.render("security: {mode: jwt, jwt: {issuer: 'https://id.example'}}")
                        .settings()
                        .at("/muster/security/jwt/audience")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void settingsOfOnesOwnWinAndTheOthersStay() {
        JsonNode settings = Chart.render(
                        "config: {muster: {mesos: {role: own}, engine: {poll: 2s}}, spring: {datasource: {hikari: {connection-timeout: 5000}}}}")
                .settings();

        assertThat(settings.at("/muster/mesos/role").asText()).isEqualTo("own");
        assertThat(settings.at("/muster/mesos/transport").asText()).isEqualTo("http");
        assertThat(settings.at("/muster/engine/poll").asText()).isEqualTo("2s");
        assertThat(settings.at("/spring/datasource/hikari").toString())
                .contains("connection-timeout", "maximum-pool-size");
    }

    /**
     * Settings at their fullest; the tests of the application read them. {@code -Dmuster.golden.write=true} writes them;
     * look at what changed.
     */
    @Test
    void settingsAreThoseThatTheApplicationIsTestedWith() throws IOException {
        String settings = Chart.render(Values.feature("a password for the masters"), Values.feature("tls"))
                .named("ConfigMap", "shop-muster")
                .at("/data/application.yaml")
                .asText();
        var golden = Chart.DIRECTORY.resolveSibling("src/test/resources/golden/application.yaml");
        if (Boolean.getBoolean("muster.golden.write")) {
            Files.writeString(golden, settings);
        }

        assertThat(golden).hasContent(settings);
    }

    /** The secrets that this container of the pod gets to see. */
    private static List<String> secretsOf(JsonNode pod, JsonNode container) {
        return Manifests.each(container.at("/volumeMounts"))
                .map(mount -> volume(pod, mount.at("/name").asText()))
                .flatMap(volume -> Stream.concat(
                        Stream.of(volume.at("/secret/secretName")),
                        volume.findValues("name").stream()
                                .filter(_ -> volume.has("projected"))
                                .filter(name -> !name.equals(volume.get("name")))))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .distinct()
                .toList();
    }

    private static List<String> files(JsonNode secret) {
        return Manifests.each(secret.at("/items"))
                .map(item ->
                        item.at("/key").asText() + " as " + item.at("/path").asText())
                .toList();
    }

    private static JsonNode volume(JsonNode pod, String name) {
        return Manifests.each(pod.at("/volumes"))
                .filter(volume -> volume.at("/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + name));
    }
}
