package io.muster.mesos.launch;

import io.muster.pods.model.Container;
import io.muster.pods.model.EnvironmentValue;
import io.muster.pods.model.EnvironmentValue.SecretReference;
import io.muster.pods.model.EnvironmentValue.Text;
import io.muster.pods.model.PodDefinition;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.mesos.v1.Protos.Environment;
import org.apache.mesos.v1.Protos.Environment.Variable;

/**
 * The variables of a task. The names are Marathon's, since workloads read them. Later ones win:
 *
 * <ol>
 *   <li>those of the pod,
 *   <li>those of the container,
 *   <li>{@code HOST},
 *   <li>the context: ids, version and resources,
 *   <li>the labels of the pod, overlaid by those of the container,
 *   <li>the endpoints of all containers of the pod.
 * </ol>
 */
final class EnvironmentMessages {

    private static final Pattern NOT_IN_LABEL_NAME = Pattern.compile("[^a-zA-Z0-9_]+");
    private static final Pattern NOT_IN_ENDPOINT_NAME = Pattern.compile("[^A-Z0-9_]+");

    /** Longer labels are no variables; characters. */
    private static final int LABEL_KEY_LIMIT = 493;

    private static final int LABEL_VALUE_LIMIT = 512;

    private EnvironmentMessages() {}

    static Environment of(PodLaunch launch, Container container) {
        Map<String, EnvironmentValue> variables = new LinkedHashMap<>();
        variables.putAll(launch.pod().environment());
        variables.putAll(container.environment());
        variables.put("HOST", new Text(launch.placement().agent().hostname()));
        context(launch, container).forEach((name, value) -> variables.put(name, new Text(value)));
        labels(launch.pod(), container).forEach((name, value) -> variables.put(name, new Text(value)));
        endpoints(launch).forEach((name, port) -> variables.put(name, new Text(Integer.toString(port))));

        Environment.Builder environment = Environment.newBuilder();
        variables.forEach((name, value) -> environment.addVariables(variable(launch.pod(), name, value)));
        return environment.build();
    }

    private static Map<String, String> context(PodLaunch launch, Container container) {
        Map<String, String> context = new LinkedHashMap<>();
        context.put("MESOS_TASK_ID", launch.taskId(container));
        context.put("MESOS_EXECUTOR_ID", launch.instance().executorId());
        context.put("MARATHON_APP_ID", launch.pod().id().text());
        context.put("MARATHON_APP_VERSION", launch.version().version().toString());
        context.put("MARATHON_CONTAINER_ID", container.name());
        context.put(
                "MARATHON_CONTAINER_RESOURCE_CPUS",
                decimal(container.resources().cpus()));
        context.put(
                "MARATHON_CONTAINER_RESOURCE_MEM", decimal(container.resources().mem()));
        context.put(
                "MARATHON_CONTAINER_RESOURCE_DISK",
                decimal(container.resources().disk()));
        context.put(
                "MARATHON_CONTAINER_RESOURCE_GPUS",
                Integer.toString(container.resources().gpus()));
        return context;
    }

    /** Always with a fraction, and with an exponent from ten million on: {@code 32.0}, {@code 1.0E7}. */
    private static String decimal(BigDecimal amount) {
        return Double.toString(amount.doubleValue());
    }

    private static Map<String, String> labels(PodDefinition pod, Container container) {
        Map<String, String> labels = new LinkedHashMap<>(pod.labels());
        labels.putAll(container.labels());
        Map<String, String> byName = new LinkedHashMap<>();
        labels.forEach((key, value) -> {
            if (key.length() < LABEL_KEY_LIMIT && value.length() < LABEL_VALUE_LIMIT) {
                byName.put(NOT_IN_LABEL_NAME.matcher(key).replaceAll("_").toUpperCase(Locale.ROOT), value);
            }
        });
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("MARATHON_APP_LABELS", String.join(" ", byName.keySet()));
        byName.forEach((name, value) -> variables.put("MARATHON_APP_LABEL_" + name, value));
        return variables;
    }

    private static Map<String, Integer> endpoints(PodLaunch launch) {
        Map<String, Integer> variables = new LinkedHashMap<>();
        String prefix = launch.settings().envVarsPrefix().toUpperCase(Locale.ROOT);
        for (BoundEndpoint bound : launch.endpoints()) {
            String name = NOT_IN_ENDPOINT_NAME
                    .matcher(bound.endpoint().name().toUpperCase(Locale.ROOT))
                    .replaceAll("_");
            Integer listenPort = bound.listenPort(launch.pod().usesHostNetwork());
            if (listenPort != null) {
                variables.put(prefix + "ENDPOINT_" + name, listenPort);
            }
            if (bound.hostPort() != null) {
                variables.put(prefix + "EP_HOST_" + name, bound.hostPort());
            }
            Integer containerPort = bound.endpoint().containerPort();
            if (containerPort != null) {
                variables.put(prefix + "EP_CONTAINER_" + name, containerPort);
            }
        }
        return variables;
    }

    private static Variable variable(PodDefinition pod, String name, EnvironmentValue value) {
        Variable.Builder variable = Variable.newBuilder().setName(name);
        return switch (value) {
            case Text(String text) ->
                variable.setType(Variable.Type.VALUE).setValue(text).build();
            case SecretReference(String key) ->
                variable.setType(Variable.Type.SECRET)
                        .setSecret(SecretMessages.reference(pod, key))
                        .build();
        };
    }
}
