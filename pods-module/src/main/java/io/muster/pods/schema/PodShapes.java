package io.muster.pods.schema;

import io.muster.pods.model.Constraint;
import io.muster.pods.model.KillSelection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The pod and what is in it besides its containers. */
final class PodShapes {

    static final String POD_DEFINITION = "PodDefinition";
    static final String LABELS = "Labels";
    static final String ENVIRONMENT = "Environment";

    private static final String VOLUME = "Volume";
    private static final String PERSISTENT = "PersistentVolume";
    private static final String NETWORK = "Network";
    private static final String SCALING = "Scaling";
    private static final String SCHEDULING = "Scheduling";
    private static final String UPGRADE = "Upgrade";
    private static final String BACKOFF = "Backoff";
    private static final String UNREACHABLE_STRATEGY = "UnreachableStrategy";
    private static final String PLACEMENT = "Placement";
    private static final String CONSTRAINT = "Constraint";
    private static final String EXECUTOR_RESOURCES = "ExecutorResources";

    private PodShapes() {}

    static List<String> names(Enum<?>[] literals) {
        return Stream.of(literals).map(Enum::name).toList();
    }

    static void addTo(Map<String, Shape> definitions) {
        definitions.put(POD_DEFINITION, pod());
        definitions.put(LABELS, labels());
        definitions.put(ENVIRONMENT, environment());
        definitions.put(VOLUME, volume());
        definitions.put(PERSISTENT, persistent());
        definitions.put(NETWORK, network());
        definitions.put(SCALING, scaling());
        definitions.put(SCHEDULING, scheduling());
        definitions.put(BACKOFF, backoff());
        definitions.put(UPGRADE, upgrade());
        definitions.put(UNREACHABLE_STRATEGY, unreachableStrategy());
        definitions.put(PLACEMENT, placement());
        definitions.put(CONSTRAINT, constraint());
        definitions.put(EXECUTOR_RESOURCES, executorResources());
    }

    private static Shape pod() {
        return Shape.object()
                .describe("A pod as clients define it: containers that run together on one agent, so many instances of"
                        + " them, and how these are updated.")
                .required(
                        "id",
                        Texts.podId()
                                .describe("The absolute path that names the pod. Needless slashes are dropped.")
                                .example("\"/shop/web\""))
                .nullable(
                        "version",
                        Texts.dateTime().describe("Given by the server; what a client sends here is passed over."))
                .nullable("labels", Shape.ref(LABELS))
                .nullable(
                        "user",
                        Shape.text().notEmpty().describe("Whom the containers run as that name no user themselves."))
                .nullable("environment", Shape.ref(ENVIRONMENT))
                .required(
                        "containers",
                        Shape.list(Shape.ref(ContainerShapes.CONTAINER)).notEmpty())
                .nullable("secrets", secrets())
                .nullable("volumes", Shape.list(Shape.ref(VOLUME)).describe("Each must be mounted by a container."))
                .nullable(
                        "networks",
                        Shape.list(Shape.ref(NETWORK).orNull())
                                .describe("One host network, one bridge, or container networks. Without any, the"
                                        + " containers are in the network of the agent."))
                .nullable("scaling", Shape.ref(SCALING))
                .nullable("scheduling", Shape.ref(SCHEDULING))
                .nullable("executorResources", Shape.ref(EXECUTOR_RESOURCES))
                .nullable("role", Shape.text().notEmpty().describe("The Mesos role whose resources are used."))
                .nullable("linuxInfo", linuxInfo())
                .nullable(
                        "legacySharedCgroups",
                        Shape.flag()
                                .describe("Whether all containers share one cgroup, as in old releases of Mesos;"
                                        + " forbids resourceLimits."));
    }

    private static Shape labels() {
        return Shape.map(Shape.text())
                .describe("Texts for people and other programs; they have no meaning here.")
                .example("{\"team\": \"shop\"}");
    }

    private static Shape environment() {
        Shape reference = Shape.object()
                .title("Secret")
                .required("secret", Shape.text().describe("A key of the secrets of the pod."));
        return Shape.map(Shape.anyOf(Shape.text(), reference))
                .and("propertyNames", Texts.variable())
                .describe("Environment variables. Those of a container go before those of the pod.")
                .example("{\"TZ\": \"UTC\", \"API_KEY\": {\"secret\": \"key\"}}");
    }

    private static Shape secrets() {
        return Shape.map(Shape.object()
                        .required("source", Shape.text().notEmpty().describe("Its path in the secret store.")))
                .and("propertyNames", Shape.any().notEmpty())
                .describe("Secrets by the key under which the pod refers to them.")
                .example("{\"key\": {\"source\": \"shop/api-key\"}}");
    }

    private static Shape linuxInfo() {
        return Shape.object()
                .describe("Settings of the Linux kernel for the whole pod.")
                .optional("seccomp", Shape.nothing().describe("Only containers have one."))
                .nullable("ipcInfo", Shape.ref(ContainerShapes.IPC_INFO));
    }

    private static Shape volume() {
        return Shape.object()
                .describe("Files that containers of an instance share.")
                .required("name", Texts.name().describe("Unique in the pod.").example("\"data\""))
                .andAnyOf(
                        Shape.any()
                                .title("Ephemeral volume, gone with its instance")
                                .optional("persistent", Shape.nothing())
                                .optional("secret", Shape.nothing())
                                .optional("host", Shape.nothing()),
                        Shape.any()
                                .title("File or directory of the agent")
                                .optional("persistent", Shape.nothing())
                                .optional("secret", Shape.nothing())
                                .required(
                                        "host",
                                        Shape.text()
                                                .describe("Absolute, or relative to the sandbox.")
                                                .example("\"/var/log\"")),
                        Shape.any()
                                .title("Secret as a file")
                                .optional("persistent", Shape.nothing())
                                .required(
                                        "secret", Shape.text().notEmpty().describe("A key of the secrets of the pod.")),
                        Shape.any()
                                .title("Persistent volume, that outlives the containers of its instance")
                                .required("persistent", Shape.ref(PERSISTENT)));
    }

    private static Shape persistent() {
        return Shape.object()
                .describe("A disk reserved for one instance. Servers may not offer it.")
                .required("size", Shape.count().describe("In MiB."))
                .nullable(
                        "type",
                        Shape.literalsInAnyCase(List.of("root", "path", "mount"))
                                .describe("A part of the disk of sandboxes, a part of another disk, or a whole disk."
                                        + " Left out it is root, with a profileName mount."))
                .nullable("maxSize", Shape.count().describe("In MiB; only for disks of type mount."))
                .nullable("profileName", Shape.text().describe("The storage profile that the disk must have."))
                .nullable(
                        "constraints",
                        Shape.list(Shape.tuple(
                                        Shape.literals(List.of("path")),
                                        Shape.literalsInAnyCase(List.of("LIKE")),
                                        Shape.text()))
                                .describe("On the path of the disk.")
                                .example("[[\"path\", \"LIKE\", \"/disks/ssd.*\"]]"));
    }

    private static Shape network() {
        return Shape.object()
                .nullable(
                        "mode",
                        Shape.literalsInAnyCase(List.of("container", "container/bridge", "host"))
                                .fallback("container"))
                .nullable(
                        "name",
                        Texts.networkName()
                                .describe("Of a container network; left out, the default of the server, if it has one."
                                        + " Host and bridge have none."))
                .nullable("labels", Shape.ref(LABELS))
                .example("{\"mode\": \"host\"}");
    }

    private static Shape scaling() {
        return Shape.object()
                .required("kind", Shape.literals(List.of("fixed")))
                .nullable(
                        "instances",
                        Shape.count().fallbackNumber("1").describe("How many are wanted; 0 suspends the pod."))
                .example("{\"kind\": \"fixed\", \"instances\": 2}");
    }

    private static Shape scheduling() {
        return Shape.object()
                .nullable("backoff", Shape.ref(BACKOFF))
                .nullable("upgrade", Shape.ref(UPGRADE))
                .nullable("placement", Shape.ref(PLACEMENT))
                .nullable(
                        "killSelection",
                        Shape.literalsInAnyCase(names(KillSelection.values()))
                                .fallback("YOUNGEST_FIRST")
                                .describe("Which instances end first when there are too many."))
                .nullable("unreachableStrategy", Shape.ref(UNREACHABLE_STRATEGY));
    }

    private static Shape backoff() {
        return Shape.object()
                .describe("How long an instance that failed waits before it is launched again.")
                .nullable(
                        "backoff",
                        Shape.number().min(0).fallbackNumber("1").describe("In seconds after the first failure."))
                .nullable(
                        "backoffFactor",
                        Shape.number().min(0).fallbackNumber("1.15").describe("By which it grows with each failure."))
                .nullable(
                        "maxLaunchDelay",
                        Shape.number().min(0).fallbackNumber("3600").describe("In seconds, the longest wait."));
    }

    private static Shape upgrade() {
        return Shape.object()
                .describe("The bounds of an update, as shares of the wanted instances.")
                .nullable(
                        "minimumHealthCapacity",
                        Shape.number().min(0).max(1).fallbackNumber("1").describe("So many stay ready."))
                .nullable(
                        "maximumOverCapacity",
                        Shape.number().min(0).max(1).fallbackNumber("1").describe("So many may run besides."))
                .nullable(
                        "minReadySeconds",
                        Shape.whole(0, Long.MAX_VALUE)
                                .fallbackNumber("0")
                                .describe(
                                        "For so long an instance must be ready before an update counts it as ready."));
    }

    private static Shape unreachableStrategy() {
        Shape seconds = Shape.object()
                .title("Enabled")
                .nullable(
                        "inactiveAfterSeconds",
                        Shape.whole(0, Long.MAX_VALUE)
                                .fallbackNumber("0")
                                .describe("In seconds, before another instance is launched besides."))
                .nullable(
                        "expungeAfterSeconds",
                        Shape.whole(0, Long.MAX_VALUE)
                                .fallbackNumber("0")
                                .describe("In seconds, before the instance is given up."));
        return Shape.anyOf(Shape.literalsInAnyCase(List.of("disabled")), seconds)
                .describe("What is done about instances on agents that cannot be reached.");
    }

    private static Shape placement() {
        return Shape.object()
                .nullable(
                        "constraints",
                        Shape.list(Shape.ref(CONSTRAINT))
                                .describe("All must hold. A set: order and" + " repetition do not matter."))
                .nullable(
                        "acceptedResourceRoles",
                        Shape.list(Shape.text())
                                .describe("The roles whose resources may be used; left out, those of the server.")
                                .example("[\"slave_public\"]"));
    }

    private static Shape constraint() {
        return Shape.object()
                .describe("A rule about the agents that may be used.")
                .required(
                        "fieldName",
                        Shape.text()
                                .notEmpty()
                                .describe("hostname, @hostname, @region, @zone, or an attribute of agents.")
                                .example("\"hostname\""))
                .required("operator", Shape.literalsInAnyCase(names(Constraint.Operator.values())))
                .nullable(
                        "value",
                        Shape.text()
                                .describe("None for UNIQUE; a whole number for GROUP_BY and MAX_PER; a regular"
                                        + " expression for LIKE and UNLIKE."))
                .example("{\"fieldName\": \"hostname\", \"operator\": \"UNIQUE\"}");
    }

    private static Shape executorResources() {
        return Shape.object()
                .describe("What each instance asks for besides its containers, for the executor.")
                .nullable("cpus", Shape.number().min(0).fallbackNumber("0.1").describe("In shares of a CPU."))
                .nullable("mem", Shape.number().min(32).fallbackNumber("32").describe("In MiB."))
                .nullable("disk", Shape.number().min(10).fallbackNumber("10").describe("In MiB."));
    }
}
