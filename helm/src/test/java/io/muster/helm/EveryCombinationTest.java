package io.muster.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever the values are. */
class EveryCombinationTest {

    private static final int LONGEST_NAME = 63;

    static Stream<Named<List<String>>> combinations() {
        return Values.combinations();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void isKubernetesAndHoldsTogetherAndIsRestricted(List<String> values) {
        Manifests manifests = Chart.render(values.toArray(String[]::new));

        manifests
                .all()
                .forEach(manifest -> assertThatCode(() -> KubernetesTypes.check(manifest))
                        .as(manifest.toPrettyString())
                        .doesNotThrowAnyException());
        assertThat(manifests.all().stream().map(manifest -> Manifests.kind(manifest) + " " + Manifests.name(manifest)))
                .doesNotHaveDuplicates();
        SoftAssertions.assertSoftly(softly -> {
            manifests.all().forEach(manifest -> labels(softly, manifest));
            manifests.pods().forEach(pod -> {
                references(softly, manifests, pod.at("/spec"));
                restricted(softly, pod.at("/spec"));
            });
            services(softly, manifests);
            secrets(softly, manifests);
        });
    }

    /** Whatever selects pods must go on selecting them after an upgrade: what changes is in no selector. */
    private static void labels(SoftAssertions softly, JsonNode manifest) {
        softly.assertThat(Manifests.name(manifest)).hasSizeBetween(1, LONGEST_NAME);
        JsonNode labels = manifest.at("/metadata/labels");
        softly.assertThat(labels.path("app.kubernetes.io/instance").asText()).isEqualTo(Chart.RELEASE);
        softly.assertThat(labels.path("app.kubernetes.io/managed-by").asText()).isEqualTo("Helm");
        JsonNode template = manifest.at("/spec/template/metadata/labels");
        if (manifest.at("/spec/selector/matchLabels").isObject() && template.isObject()) {
            manifest.at("/spec/selector/matchLabels").properties().forEach(label -> {
                softly.assertThat(template.path(label.getKey())).isEqualTo(label.getValue());
                softly.assertThat(label.getKey())
                        .isIn("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component");
            });
        }
    }

    private static void references(SoftAssertions softly, Manifests manifests, JsonNode pod) {
        List<String> volumes = Manifests.texts(pod.at("/volumes"), "/name");
        softly.assertThat(volumes).doesNotHaveDuplicates();
        var mounted = new HashSet<String>();
        for (JsonNode container : Manifests.containers(pod)) {
            softly.assertThat(Manifests.texts(container.at("/volumeMounts"), "/mountPath"))
                    .doesNotHaveDuplicates();
            softly.assertThat(Manifests.texts(container.at("/env"), "/name")).doesNotHaveDuplicates();
            mounted.addAll(Manifests.texts(container.at("/volumeMounts"), "/name"));
        }
        var claimed = new ArrayList<>(volumes);
        manifests.ofKind("StatefulSet").forEach(set -> {
            if (set.at("/spec/template/spec").equals(pod)) {
                claimed.addAll(Manifests.texts(set.at("/spec/volumeClaimTemplates"), "/metadata/name"));
            }
        });
        softly.assertThat(mounted)
                .as("what is mounted, and what there is")
                .containsExactlyInAnyOrderElementsOf(claimed);
        for (JsonNode volume : (Iterable<JsonNode>) Manifests.each(pod.at("/volumes"))::iterator) {
            String map = volume.at("/configMap/name").asText();
            if (!map.isEmpty()) {
                softly.assertThat(manifests.ofKind("ConfigMap").stream().map(Manifests::name))
                        .contains(map);
            }
        }
    }

    /** The restricted profile of the pod security standards, and more. */
    private static void restricted(SoftAssertions softly, JsonNode pod) {
        softly.assertThat(pod.at("/automountServiceAccountToken").asBoolean(true))
                .isFalse();
        softly.assertThat(pod.at("/enableServiceLinks").asBoolean(true)).isFalse();
        softly.assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        softly.assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        softly.assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                .isEqualTo("RuntimeDefault");
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
            softly.assertThat(pod.has(shared)).as(shared).isFalse();
        }
        for (JsonNode volume : (Iterable<JsonNode>) Manifests.each(pod.at("/volumes"))::iterator) {
            softly.assertThat(volume.has("hostPath")).as("a path of the node").isFalse();
        }
        for (JsonNode container : Manifests.containers(pod)) {
            JsonNode context = container.at("/securityContext");
            softly.assertThat(context.at("/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            softly.assertThat(context.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
            softly.assertThat(context.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
            softly.assertThat(context.at("/capabilities/add").isMissingNode()).isTrue();
            softly.assertThat(context.has("privileged")).isFalse();
            softly.assertThat(container.at("/resources/requests/cpu").isMissingNode())
                    .isFalse();
            softly.assertThat(container.at("/resources/requests/memory"))
                    .as("memory is asked for as it is limited")
                    .isEqualTo(container.at("/resources/limits/memory"));
            softly.assertThat(Manifests.texts(container.at("/volumeMounts"), "/mountPath"))
                    .as("a place for what is written once in a while")
                    .contains("/tmp");
        }
    }

    private static void services(SoftAssertions softly, Manifests manifests) {
        var ports = new HashSet<String>();
        manifests
                .pods()
                .forEach(pod -> Manifests.containers(pod.at("/spec"))
                        .forEach(container -> ports.addAll(Manifests.texts(container.at("/ports"), "/name"))));
        for (JsonNode service : manifests.ofKind("Service")) {
            softly.assertThat(ports).containsAll(Manifests.texts(service.at("/spec/ports"), "/targetPort"));
            softly.assertThat(manifests.pods())
                    .as("somebody is behind %s", Manifests.name(service))
                    .anyMatch(pod -> service.at("/spec/selector").properties().stream()
                            .allMatch(label -> label.getValue()
                                    .equals(pod.at("/metadata/labels").path(label.getKey()))));
        }
    }

    /** Secrets are named, never written. */
    private static void secrets(SoftAssertions softly, Manifests manifests) {
        softly.assertThat(manifests.ofKind("Secret")).isEmpty();
        for (JsonNode map : manifests.ofKind("ConfigMap")) {
            if (map.at("/data").has("application.yaml")) {
                softly.assertThat(map.at("/data/application.yaml").asText()).doesNotContainIgnoringCase("password");
            }
        }
    }

    @Test
    void aWrongManifestIsNoticed() {
        JsonNode right = Chart.render().only("Deployment");
        for (String wrong : List.of(
                right.toString().replace("\"replicas\"", "\"replica\""),
                right.toString().replace("\"readOnlyRootFilesystem\"", "\"readonlyRootFilesystem\""),
                right.toString().replace("\"whenUnsatisfiable\"", "\"whenUnsatisfied\""),
                right.toString().replace("\"containers\"", "\"ephemeralContainers\""))) {
            assertThat(wrong).isNotEqualTo(right.toString());
            assertThatCode(() -> KubernetesTypes.check(Chart.yaml(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        JsonNode monitor = Chart.render(Values.feature("watched")).only("ServiceMonitor");
        assertThatCode(() ->
                        KubernetesTypes.check(Chart.yaml(monitor.toString().replace("\"endpoints\"", "\"endpoint\""))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
