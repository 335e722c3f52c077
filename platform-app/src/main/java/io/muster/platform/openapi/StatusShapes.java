package io.muster.platform.openapi;

import io.muster.deploy.model.InstanceStatus;
import io.muster.deploy.model.PodStatus;
import io.muster.pods.schema.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The documents of {@code ::status} (Marathon, podStatus.raml). Their arrays are always there, if only empty. */
final class StatusShapes {

    private static final String POD = "PodStatus";
    private static final String INSTANCE = "InstanceStatus";
    private static final String CONTAINER = "ContainerStatus";
    private static final String RESOURCES = "HeldResources";
    private static final String TERMINATION = "Termination";

    private StatusShapes() {}

    static void addTo(Map<String, Shape> schemas) {
        schemas.put(POD, pod());
        schemas.put(INSTANCE, instance());
        schemas.put(CONTAINER, container());
        schemas.put(RESOURCES, resources());
        schemas.put(TERMINATION, termination());
    }

    static Shape timestamp() {
        return Shape.ref("Timestamp");
    }

    private static List<String> names(Enum<?>[] literals) {
        return Stream.of(literals).map(Enum::name).toList();
    }

    private static Shape pod() {
        return Shape.object()
                .required("id", Shape.text())
                .required("spec", Shape.ref("Pod"))
                .required(
                        "status",
                        Shape.literals(names(PodStatus.Value.values()))
                                .describe(
                                        "STABLE when as many instances are stable as are wanted, TERMINAL while the pod"
                                                + " is being deleted, else DEGRADED."))
                .required("statusSince", timestamp())
                .required("instances", Shape.list(Shape.ref(INSTANCE)))
                .required(
                        "terminationHistory",
                        Shape.list(Shape.ref(TERMINATION))
                                .describe("The last failure of an instance, if there was one."))
                .required("lastUpdated", timestamp())
                .required("lastChanged", timestamp());
    }

    private static Shape instance() {
        return Shape.object()
                .required("id", Shape.text().example("\"shop_web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002\""))
                .required("status", Shape.literals(names(InstanceStatus.values())))
                .required("statusSince", timestamp())
                .optional("message", Shape.text().describe("Why it is degraded."))
                .required("conditions", Shape.list(Shape.object()).describe("Always empty."))
                .optional("agentHostname", Shape.text())
                .optional("agentId", Shape.text())
                .optional("agentRegion", Shape.text())
                .optional("agentZone", Shape.text())
                .required("resources", Shape.ref(RESOURCES))
                .required(
                        "networks",
                        Shape.list(Shape.object()
                                .optional("name", Shape.text().describe("None is that of the host."))
                                .required("addresses", Shape.list(Shape.text()))))
                .required("containers", Shape.list(Shape.ref(CONTAINER)))
                .required(
                        "specReference",
                        Shape.text()
                                .describe("The path of the version that it was made from.")
                                .example("\"/v2/pods/shop/web::versions/2026-11-22T11:18:13.066Z\""))
                .required("localVolumes", Shape.list(Shape.object()).describe("Its persistent volumes."))
                .optional("role", Shape.text().describe("The role whose resources it uses."))
                .required("lastUpdated", timestamp())
                .required("lastChanged", timestamp());
    }

    private static Shape container() {
        return Shape.object()
                .required("name", Shape.text())
                .required(
                        "status",
                        Shape.text()
                                .pattern("^TASK_[A-Z_]+$")
                                .describe("The state of its task in Mesos.")
                                .example("\"TASK_RUNNING\""))
                .required("statusSince", timestamp())
                .required("conditions", Shape.list(condition()))
                .optional("containerId", Shape.text().describe("The id of its task in Mesos, while it is active."))
                .required("endpoints", Shape.list(endpoint()))
                .optional("resources", Shape.ref(RESOURCES))
                .required("lastUpdated", timestamp())
                .required("lastChanged", timestamp());
    }

    private static Shape condition() {
        return Shape.object()
                .describe("Whether its health check passes, if it has one.")
                .required("name", Shape.literals(List.of("healthy")))
                .required("value", Shape.literals(List.of("true", "false")))
                .required("reason", Shape.literals(List.of("health-reported-by-mesos", "health-unreported-by-mesos")))
                .required("lastChanged", timestamp())
                .required("lastUpdated", timestamp());
    }

    private static Shape endpoint() {
        return Shape.object()
                .required("name", Shape.text())
                .optional("allocatedHostPort", Shape.whole(0, 65_535).describe("Its port on the agent."))
                .optional("healthy", Shape.flag().describe("Of the endpoint that the health check asks."));
    }

    private static Shape resources() {
        return Shape.object()
                .describe("What is held at present.")
                .required("cpus", Shape.number().min(0).describe("In shares of a CPU."))
                .required("mem", Shape.number().min(0).describe("In MiB."))
                .required("disk", Shape.number().min(0).describe("In MiB."))
                .required("gpus", Shape.count().describe("In whole GPUs."));
    }

    private static Shape termination() {
        return Shape.object()
                .required("instanceID", Shape.text())
                .required("startedAt", timestamp())
                .required("terminatedAt", timestamp())
                .optional("message", Shape.text())
                .required(
                        "containers",
                        Shape.list(Shape.object()
                                .required("containerId", Shape.text())
                                .required(
                                        "lastKnownState",
                                        Shape.text().pattern("^Task[A-Za-z]+$").example("\"TaskFailed\""))));
    }
}
