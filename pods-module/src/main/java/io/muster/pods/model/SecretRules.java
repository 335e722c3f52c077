package io.muster.pods.model;

import java.util.Map;

/** References to secrets must lead somewhere, and only where the server has secrets at all. */
final class SecretRules {

    private static final String NOT_ENABLED = "Feature secrets is not enabled";

    private SecretRules() {}

    static void check(SubmittedPod pod, PodFeatures features, Violations found) {
        found.addIf(!features.secrets() && !pod.secrets().isEmpty(), "/secrets", NOT_ENABLED);
        int position = 0;
        for (String key : pod.secrets().keySet()) {
            found.addIf(key.isEmpty(), "/secrets/keys(" + position + ")", "must not be empty");
            position++;
        }
        checkEnvironment("/environment", pod.environment(), pod, features, found);
        for (int i = 0; i < pod.containers().size(); i++) {
            Container container = pod.containers().get(i).container();
            String path = "/containers(" + i + ")";
            checkEnvironment(path + "/environment", container.environment(), pod, features, found);
            checkImage(path + "/image/pullConfig", container, pod, features, found);
        }
        for (int n = 0; n < pod.volumes().size(); n++) {
            if (pod.volumes().get(n) instanceof Volume.Secret volume) {
                String path = "/volumes(" + n + ")/secret";
                found.addIf(!features.secrets(), path, NOT_ENABLED);
                found.addIf(
                        !pod.secrets().containsKey(volume.secret()),
                        path,
                        "volume.secret must refer to an existing secret");
            }
        }
    }

    private static void checkEnvironment(
            String path,
            Map<String, EnvironmentValue> environment,
            SubmittedPod pod,
            PodFeatures features,
            Violations found) {
        boolean used = false;
        for (Map.Entry<String, EnvironmentValue> variable : environment.entrySet()) {
            if (variable.getValue() instanceof EnvironmentValue.SecretReference(String secret)) {
                used = true;
                found.addIf(
                        !pod.secrets().containsKey(secret),
                        path + "/" + variable.getKey() + "/secret",
                        "references an undefined secret");
            }
        }
        found.addIf(
                used && !features.secrets(),
                path,
                "use of secret-references in the environment requires the secrets feature to be enabled");
    }

    private static void checkImage(
            String path, Container container, SubmittedPod pod, PodFeatures features, Violations found) {
        Image image = container.image();
        if (image == null || image.pullSecret() == null) {
            return;
        }
        found.addIf(!features.secrets(), path, NOT_ENABLED);
        found.addIf(image.kind() == ImageKind.APPC, path, "pullConfig is supported only with Docker images");
        found.addIf(
                !pod.secrets().containsKey(image.pullSecret()),
                path,
                "pullConfig.secret must refer to an existing secret");
    }
}
