package io.muster.deploy.discovery;

import io.muster.pods.model.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints in the forms that their users read. */
final class DiscoveryJson {

    private static final String META = "__meta_muster_";
    private static final Pattern UNLIKE_LABEL = Pattern.compile("[^a-zA-Z0-9_]");

    private DiscoveryJson() {}

    /**
     * Targets for Prometheus (its documentation, HTTP service discovery). Labels with two underscores in front are for
     * relabelling, and dropped after it.
     *
     * @param backends those that are not ready are left out
     */
    static ArrayNode targets(List<Backend> backends, JsonMapper json) {
        ArrayNode targets = json.createArrayNode();
        for (Backend backend : backends) {
            if (backend.ready()) {
                ObjectNode target = targets.addObject();
                target.putArray("targets").add(backend.address());
                ObjectNode labels = target.putObject("labels");
                labels.put(META + "pod", backend.pod().id().text());
                labels.put(META + "version", backend.pod().version().toString());
                labels.put(META + "container", backend.container());
                labels.put(META + "endpoint", backend.endpoint().name());
                labels.put(META + "instance", backend.instance().id().text());
                labels.put(META + "host", backend.host());
                backend.pod().definition().labels().forEach((name, value) -> label(labels, "pod_label_", name, value));
                backend.endpoint().labels().forEach((name, value) -> label(labels, "endpoint_label_", name, value));
            }
        }
        return targets;
    }

    private static void label(ObjectNode labels, String kind, String name, String value) {
        labels.put(META + kind + UNLIKE_LABEL.matcher(name).replaceAll("_"), value);
    }

    private record Service(String pod, String endpoint) {}

    /** One entry for each endpoint of each pod, with all places where it is, ready or not. */
    static ArrayNode services(List<Backend> backends, JsonMapper json) {
        ArrayNode services = json.createArrayNode();
        Map<Service, ArrayNode> places = new LinkedHashMap<>();
        for (Backend backend : backends) {
            places.computeIfAbsent(
                            new Service(
                                    backend.pod().id().text(),
                                    backend.endpoint().name()),
                            service -> describe(services.addObject(), backend))
                    .addObject()
                    .put("host", backend.host())
                    .put("port", backend.port())
                    .put("ready", backend.ready())
                    .put("instance", backend.instance().id().text())
                    .put("version", backend.pod().version().toString())
                    .put("agent", agent(backend));
        }
        return services;
    }

    private static ArrayNode describe(ObjectNode service, Backend backend) {
        Endpoint endpoint = backend.endpoint();
        service.put("name", backend.pod().id().safePath() + "_" + endpoint.name())
                .put("pod", backend.pod().id().text())
                .put("container", backend.container())
                .put("endpoint", endpoint.name())
                .put(
                        "protocol",
                        endpoint.protocol().isEmpty()
                                ? "tcp"
                                : endpoint.protocol().getFirst());
        ObjectNode labels = service.putObject("labels");
        backend.pod().definition().labels().forEach(labels::put);
        endpoint.labels().forEach(labels::put);
        return service.putArray("backends");
    }

    private static String agent(Backend backend) {
        return backend.instance().agent() == null
                ? ""
                : backend.instance().agent().hostname();
    }
}
