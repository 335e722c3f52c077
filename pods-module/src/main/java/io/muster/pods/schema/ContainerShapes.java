package io.muster.pods.schema;

import static io.muster.pods.schema.PodShapes.ENVIRONMENT;
import static io.muster.pods.schema.PodShapes.LABELS;
import static io.muster.pods.schema.PodShapes.names;

import io.muster.pods.model.HealthCheck;
import io.muster.pods.model.ImageKind;
import java.util.List;
import java.util.Map;

/** Containers and what is in them. */
final class ContainerShapes {

    static final String CONTAINER = "Container";
    static final String IPC_INFO = "IpcInfo";

    private static final String RESOURCES = "Resources";
    private static final String RESOURCE_LIMITS = "ResourceLimits";
    private static final String EXEC = "Exec";
    private static final String COMMAND = "Command";
    private static final String IMAGE = "Image";
    private static final String ENDPOINT = "Endpoint";
    private static final String HEALTH_CHECK = "HealthCheck";
    private static final String VOLUME_MOUNT = "VolumeMount";
    private static final String ARTIFACT = "Artifact";
    private static final String LIFECYCLE = "Lifecycle";
    private static final String CONTAINER_LINUX_INFO = "ContainerLinuxInfo";

    private ContainerShapes() {}

    static void addTo(Map<String, Shape> definitions) {
        definitions.put(CONTAINER, container());
        definitions.put(RESOURCES, resources());
        definitions.put(RESOURCE_LIMITS, resourceLimits());
        definitions.put(EXEC, exec());
        definitions.put(COMMAND, command());
        definitions.put(IMAGE, image());
        definitions.put(ENDPOINT, endpoint());
        definitions.put(HEALTH_CHECK, healthCheck());
        definitions.put(VOLUME_MOUNT, volumeMount());
        definitions.put(ARTIFACT, artifact());
        definitions.put(LIFECYCLE, lifecycle());
        definitions.put(CONTAINER_LINUX_INFO, linuxInfo());
        definitions.put(IPC_INFO, ipcInfo());
    }

    private static Shape container() {
        return Shape.object()
                .describe("One container of a pod. All containers of an instance run on the same agent.")
                .required("name", Texts.name().describe("Unique in the pod.").example("\"web\""))
                .required("resources", Shape.ref(RESOURCES))
                .nullable("resourceLimits", Shape.ref(RESOURCE_LIMITS))
                .nullable("exec", Shape.ref(EXEC))
                .nullable("image", Shape.ref(IMAGE))
                .nullable("endpoints", Shape.list(Shape.ref(ENDPOINT)).describe("The ports of the container, by name."))
                .nullable("environment", Shape.ref(ENVIRONMENT))
                .nullable("user", Shape.text().describe("Whom the container runs as; goes before the user of the pod."))
                .nullable("healthCheck", Shape.ref(HEALTH_CHECK))
                .nullable(
                        "volumeMounts",
                        Shape.list(Shape.ref(VOLUME_MOUNT)).describe("Where the volumes of the pod appear."))
                .nullable(
                        "artifacts",
                        Shape.list(Shape.ref(ARTIFACT)).describe("Files fetched before the container starts."))
                .nullable("labels", Shape.ref(LABELS))
                .nullable("lifecycle", Shape.ref(LIFECYCLE))
                .nullable("tty", Shape.flag().describe("Whether the container gets a pseudo terminal."))
                .nullable("linuxInfo", Shape.ref(CONTAINER_LINUX_INFO));
    }

    private static Shape resources() {
        return Shape.object()
                .describe("What the container asks for. The object must be there; each amount may be left out.")
                .nullable("cpus", Shape.number().min(0).fallbackNumber("1").describe("In shares of a CPU."))
                .nullable("mem", Shape.number().min(0).fallbackNumber("128").describe("In MiB."))
                .nullable("disk", Shape.number().min(0).fallbackNumber("0").describe("In MiB."))
                .nullable("gpus", Shape.count().fallbackNumber("0").describe("In whole GPUs."))
                .example("{\"cpus\": 0.25, \"mem\": 96, \"disk\": 20}");
    }

    private static Shape resourceLimits() {
        return Shape.object()
                .describe("How much more than its resources the container may use. No limit is below the resource.")
                .nullable("cpus", limit().describe("In shares of a CPU."))
                .nullable("mem", limit().describe("In MiB."))
                .example("{\"cpus\": \"unlimited\", \"mem\": 256}");
    }

    private static Shape limit() {
        return Shape.anyOf(Shape.number().min(0), Shape.literals(List.of("unlimited")));
    }

    private static Shape exec() {
        return Shape.object()
                .describe("What the container runs. Without it the image says what to run.")
                .required("command", Shape.ref(COMMAND))
                .nullable(
                        "overrideEntrypoint",
                        Shape.flag()
                                .describe("Whether argv[0] takes the place of the entry point of the image, instead of"
                                        + " being its first argument."));
    }

    private static Shape command() {
        return Shape.object()
                .describe("A shell command, or arguments. If both are given, shell counts and argv is dropped.")
                .andAnyOf(
                        Shape.any()
                                .title("Shell command")
                                .required("shell", Shape.text().notEmpty().describe("Run by /bin/sh -c.")),
                        Shape.any()
                                .title("Arguments")
                                .required(
                                        "argv",
                                        Shape.list(Shape.text()).notEmpty().describe("Run without a shell.")))
                .example("{\"shell\": \"exec sleep 1000\"}")
                .example("{\"argv\": [\"/bin/ship\", \"--from\", \"in\"]}");
    }

    private static Shape image() {
        return Shape.object()
                .required("kind", Shape.literalsInAnyCase(names(ImageKind.values())))
                .required(
                        "id",
                        Texts.upTo1024().describe("The name of the image.").example("\"nginx:1.29\""))
                .nullable(
                        "pullConfig",
                        Shape.object()
                                .describe("How to log in to the registry.")
                                .required(
                                        "secret", Shape.text().notEmpty().describe("A key of the secrets of the pod.")))
                .nullable("forcePull", Shape.flag().describe("Whether the cache of the agent is passed over."))
                .nullable("labels", Shape.ref(LABELS));
    }

    private static Shape endpoint() {
        return Shape.object()
                .describe("A port, by name.")
                .required(
                        "name",
                        Texts.name().describe("Unique in the whole pod.").example("\"http\""))
                .nullable(
                        "containerPort",
                        Shape.whole(1, 65_535)
                                .describe(
                                        "The port in the container. A container network demands it, the host's network"
                                                + " forbids it. Unique in the pod."))
                .nullable(
                        "hostPort",
                        Shape.whole(0, 65_535)
                                .describe("The port on the agent; 0 asks for any free one. Unique in the pod unless 0."
                                        + " Left out it means 0, in container networks: no port of the agent."))
                .nullable(
                        "protocol",
                        Shape.list(Shape.text())
                                .notEmpty()
                                .unique()
                                .describe("For service discovery.")
                                .example("[\"tcp\"]"))
                .nullable("labels", Shape.ref(LABELS))
                .nullable(
                        "networkNames",
                        Shape.list(Shape.text())
                                .describe("The container networks of the pod that it is on; left out means all."));
    }

    private static Shape healthCheck() {
        return Shape.object()
                .describe("How Mesos finds out whether the container is well: exactly one of http, tcp and exec."
                        + " timeoutSeconds must be below intervalSeconds.")
                .nullable(
                        "http",
                        Shape.object()
                                .describe("Well when it answers with a status from 200 to 399.")
                                .required("endpoint", probed())
                                .nullable("path", Texts.upTo1024().pattern("^/").example("\"/health\""))
                                .nullable(
                                        "scheme",
                                        Shape.literalsInAnyCase(names(HealthCheck.Scheme.values()))
                                                .fallback("HTTP")))
                .nullable(
                        "tcp",
                        Shape.object()
                                .describe("Well when it can be connected to.")
                                .required("endpoint", probed()))
                .nullable(
                        "exec",
                        Shape.object()
                                .describe("Well when the command exits with 0.")
                                .required("command", Shape.ref(COMMAND)))
                .nullable(
                        "gracePeriodSeconds",
                        Shape.count()
                                .fallbackNumber("300")
                                .describe("In seconds from the start, in which failures do not count until a first"
                                        + " success."))
                .nullable("intervalSeconds", Shape.count().fallbackNumber("60").describe("In seconds between checks."))
                .nullable(
                        "maxConsecutiveFailures",
                        Shape.count().fallbackNumber("3").describe("So many failures in a row end the container."))
                .nullable("timeoutSeconds", Shape.count().fallbackNumber("20").describe("In seconds for one check."))
                .nullable(
                        "delaySeconds",
                        Shape.count().fallbackNumber("15").describe("In seconds before the first check."))
                .andOneOf(probe("http"), probe("tcp"), probe("exec"));
    }

    private static Shape probed() {
        return Texts.name().describe("An endpoint of this container.");
    }

    private static Shape probe(String kind) {
        return Shape.any().required(kind, Shape.object());
    }

    private static Shape volumeMount() {
        return Shape.object()
                .describe("Where a volume of the pod appears in the container.")
                .required("name", Texts.name().describe("A volume of the pod."))
                .required(
                        "mountPath",
                        Texts.upTo1024()
                                .describe("Relative to the sandbox unless it begins with a slash.")
                                .example("\"data\""))
                .nullable("readOnly", Shape.flag().fallback(false));
    }

    private static Shape artifact() {
        return Shape.object()
                .required(
                        "uri", Texts.upTo1024().describe("From where.").example("\"https://example.com/site.tar.gz\""))
                .nullable("extract", Shape.flag().fallback(true).describe("Whether an archive is unpacked."))
                .nullable("executable", Shape.flag().fallback(false).describe("Whether the file may be executed."))
                .nullable("cache", Shape.flag().fallback(false).describe("Whether the agent keeps it for others."))
                .nullable("destPath", Texts.upTo1024().describe("Its path in the sandbox."));
    }

    private static Shape lifecycle() {
        return Shape.object()
                .nullable(
                        "killGracePeriodSeconds",
                        Shape.number().min(0).describe("In seconds between SIGTERM and SIGKILL."));
    }

    private static Shape linuxInfo() {
        return Shape.object()
                .describe("Settings of the Linux kernel for the container.")
                .nullable(
                        "seccomp",
                        Shape.object()
                                .describe("A profile, or unconfined.")
                                .andAnyOf(
                                        Shape.any()
                                                .title("Confined")
                                                .required("profileName", Shape.text())
                                                .nullable("unconfined", Shape.only(false)),
                                        Shape.any()
                                                .title("Unconfined")
                                                .optional("profileName", Shape.nothing())
                                                .required("unconfined", Shape.only(true))))
                .nullable("ipcInfo", Shape.ref(IPC_INFO));
    }

    private static Shape ipcInfo() {
        return Shape.object()
                .describe("Whether the IPC namespace and /dev/shm are its own or those of its parent.")
                .required("mode", Shape.literalsInAnyCase(List.of("PRIVATE", "SHARE_PARENT")))
                .nullable(
                        "shmSize",
                        Shape.whole(Integer.MIN_VALUE, Integer.MAX_VALUE)
                                .describe("Of /dev/shm in MiB; not with SHARE_PARENT."))
                .andAnyOf(
                        Shape.any().optional("mode", Shape.literalsInAnyCase(List.of("PRIVATE"))),
                        Shape.any()
                                .optional("mode", Shape.literalsInAnyCase(List.of("SHARE_PARENT")))
                                .optional("shmSize", Shape.nothing()));
    }
}
