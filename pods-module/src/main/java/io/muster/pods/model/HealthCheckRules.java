package io.muster.pods.model;

import java.util.List;

/** One probe, of an endpoint of the same container, that gives up before it starts again. */
final class HealthCheckRules {

    private HealthCheckRules() {}

    static void check(SubmittedPod pod, Violations found) {
        for (int i = 0; i < pod.containers().size(); i++) {
            SubmittedContainer sent = pod.containers().get(i);
            SubmittedHealthCheck check = sent.healthCheck();
            if (check != null) {
                check(
                        "/containers(" + i + ")/healthCheck",
                        check,
                        sent.container().endpoints(),
                        found);
            }
        }
    }

    private static void check(String path, SubmittedHealthCheck check, List<Endpoint> endpoints, Violations found) {
        found.addIf(check.probes().size() != 1, path, "Only one of http, tcp, or command may be specified");
        for (HealthCheck.Probe probe : check.probes()) {
            switch (probe) {
                case HealthCheck.Http http -> {
                    checkEndpoint(path + "/http/endpoint", http.endpoint(), endpoints, found);
                    // Mesos answers TASK_ERROR for the whole group otherwise.
                    found.addIf(
                            http.path() != null && !http.path().startsWith("/"),
                            path + "/http/path",
                            "must start with '/'");
                }
                case HealthCheck.Tcp tcp -> checkEndpoint(path + "/tcp/endpoint", tcp.endpoint(), endpoints, found);
                case HealthCheck.CommandProbe command -> {}
            }
        }
        found.addIf(
                check.timeout().compareTo(check.interval()) >= 0,
                path + "/timeoutSeconds",
                "got %d, expected less than %d"
                        .formatted(check.timeout().toSeconds(), check.interval().toSeconds()));
    }

    private static void checkEndpoint(String path, String name, List<Endpoint> endpoints, Violations found) {
        found.addIf(
                endpoints.stream().noneMatch(endpoint -> endpoint.name().equals(name)),
                path,
                "contained in the container endpoints");
    }
}
