package io.muster.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That somebody serves and somebody leads, through upgrades, drained nodes and lost zones. */
class AvailabilityTest {

    /** How long a replica may take after it was told to end: requests, and then the last round of the leader. */
    private static final int LONGEST_GOODBYE = 45;

    @Test
    void severalReplicasRunAndAreReplacedOneAfterTheOther() {
        JsonNode deployment = Chart.render().only("Deployment").at("/spec");

        assertThat(deployment.at("/replicas").asInt()).isGreaterThan(1);
        assertThat(deployment.at("/strategy/type").asText()).isEqualTo("RollingUpdate");
        assertThat(deployment.at("/strategy/rollingUpdate/maxUnavailable").asInt(1))
                .isZero();
        assertThat(deployment.at("/strategy/rollingUpdate/maxSurge").asInt()).isPositive();
        assertThat(deployment.at("/minReadySeconds").asInt()).isPositive();
    }

    @Test
    void drainedNodesTakeOneReplicaAtATime() {
        Manifests manifests = Chart.render();
        JsonNode budget = manifests.only("PodDisruptionBudget").at("/spec");

        assertThat(budget.at("/maxUnavailable").asInt()).isEqualTo(1);
        assertThat(budget.at("/unhealthyPodEvictionPolicy").asText()).isEqualTo("AlwaysAllow");
        assertThat(budget.at("/selector"))
                .isEqualTo(manifests.only("Deployment").at("/spec/selector"));
        assertThat(Chart.render("replicaCount: 1").ofKind("PodDisruptionBudget"))
                .as("a single replica must be evictable")
                .isEmpty();
    }

    @Test
    void replicasAreSpreadOverZonesAndNodes() {
        Manifests manifests = Chart.render(Values.feature("many replicas"));
        JsonNode spread = manifests.server().at("/topologySpreadConstraints");

        assertThat(Manifests.texts(spread, "/topologyKey"))
                .containsExactlyInAnyOrder("topology.kubernetes.io/zone", "kubernetes.io/hostname");
        assertThat(Manifests.texts(spread, "/whenUnsatisfiable")).containsOnly("DoNotSchedule");
        assertThat(Manifests.texts(Chart.render().server().at("/topologySpreadConstraints"), "/whenUnsatisfiable"))
                .containsOnly("ScheduleAnyway");
        for (JsonNode one : (Iterable<JsonNode>) Manifests.each(spread)::iterator) {
            assertThat(one.at("/labelSelector"))
                    .isEqualTo(manifests.only("Deployment").at("/spec/selector"));
        }
    }

    @Test
    void probesAskTheManagementPortAndLivenessAsksForNothingElse() {
        JsonNode muster = Chart.render().muster();

        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode request = muster.path(probe).path("httpGet");
            assertThat(request.path("port").asText()).isEqualTo("management");
            assertThat(request.path("path").asText())
                    .isEqualTo(
                            probe.equals("readinessProbe")
                                    ? "/actuator/health/readiness"
                                    : "/actuator/health/liveness");
            assertThat(request.path("scheme").asText()).isEqualTo("HTTP");
        }
        JsonNode patience = muster.at("/startupProbe");
        assertThat(patience.at("/periodSeconds").asInt()
                        * patience.at("/failureThreshold").asInt())
                .as("a start on a busy node")
                .isGreaterThanOrEqualTo(120);
        assertThat(Chart.render(Values.feature("tls"))
                        .muster()
                        .at("/readinessProbe/httpGet/scheme")
                        .asText())
                .isEqualTo("HTTPS");
        assertThat(Chart.render(Values.feature("tls of the API alone"))
                        .muster()
                        .at("/readinessProbe/httpGet/scheme")
                        .asText())
                .isEqualTo("HTTP");
    }

    @Test
    void aReplicaHasTheTimeToHandTheLeadershipOver() {
        Manifests manifests = Chart.render();
        int pause = manifests.muster().at("/lifecycle/preStop/sleep/seconds").asInt();

        assertThat(pause).isPositive();
        assertThat(manifests.server().at("/terminationGracePeriodSeconds").asInt())
                .isGreaterThan(pause + LONGEST_GOODBYE);
    }

    @Test
    void theHeapLeavesRoomForTheRest() {
        JsonNode options = Manifests.each(Chart.render("jvm: {heapPercentage: 50, options: [-Xlog:gc]}")
                        .muster()
                        .at("/env"))
                .filter(variable -> variable.at("/name").asText().equals("JDK_JAVA_OPTIONS"))
                .findFirst()
                .orElseThrow();

        assertThat(options.at("/value").asText())
                .isEqualTo("-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -Xlog:gc");
        assertThat(Chart.render().muster().at("/resources/limits/cpu").isMissingNode())
                .as("nobody throttles the renewal of the lease")
                .isTrue();
    }

    @Test
    void otherSettingsMakeOtherReplicas() {
        String before = checksum();

        assertThat(checksum()).isEqualTo(before);
        assertThat(checksum("config: {muster: {engine: {poll: 2s}}}")).isNotEqualTo(before);
        assertThat(checksum("mesos: {role: shop}")).isNotEqualTo(before);
        assertThat(checksum("replicaCount: 5")).isEqualTo(before);
    }

    private static String checksum(String... values) {
        return Chart.render(values)
                .only("Deployment")
                .at("/spec/template/metadata/annotations")
                .path("checksum/config")
                .asText();
    }
}
