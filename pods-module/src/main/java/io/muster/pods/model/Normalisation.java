package io.muster.pods.model;

import io.muster.history.PodId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a valid definition canonical. Pure and idempotent: the normalised definition, sent again, normalises to an
 * equal one.
 */
public final class Normalisation {

    private Normalisation() {}

    /**
     * The canonical form: absolute id, default network named, {@code hostPort} 0 where a port of the host is taken
     * anyway, each constraint and role once, empty {@code linuxInfo} and {@code resourceLimits} left out.
     *
     * @param pod one in which {@link Validation#check} finds nothing
     */
    public static PodDefinition normalise(SubmittedPod pod, PodFeatures features) {
        List<Network> networks = NetworkRules.named(pod, features);
        boolean onContainerNetwork = networks.stream().anyMatch(network -> network.mode() == NetworkMode.CONTAINER);
        return new PodDefinition(
                PodId.of(pod.id()),
                pod.labels(),
                pod.user(),
                pod.environment(),
                pod.containers().stream()
                        .map(container -> normalise(container, onContainerNetwork))
                        .toList(),
                pod.secrets(),
                pod.volumes(),
                networks,
                pod.instances(),
                normalise(pod.scheduling()),
                pod.executorResources(),
                pod.role(),
                pod.linuxInfo() == null ? null : pod.linuxInfo().normalisedIpcInfo(),
                pod.legacySharedCgroups());
    }

    private static Container normalise(SubmittedContainer sent, boolean onContainerNetwork) {
        Container container = sent.container();
        return new Container(
                container.name(),
                container.resources(),
                container.exec(),
                container.image(),
                container.endpoints().stream()
                        .map(endpoint -> normalise(endpoint, onContainerNetwork))
                        .toList(),
                container.environment(),
                container.user(),
                normalise(sent.healthCheck()),
                container.volumeMounts(),
                container.artifacts(),
                container.labels(),
                container.lifecycle(),
                container.tty(),
                sent.resourceLimits() == null ? null : sent.resourceLimits().normalised(),
                sent.linuxInfo() == null ? null : sent.linuxInfo().normalised());
    }

    private static @Nullable HealthCheck normalise(@Nullable SubmittedHealthCheck check) {
        return check == null ? null : check.normalised();
    }

    private static Endpoint normalise(Endpoint endpoint, boolean onContainerNetwork) {
        if (onContainerNetwork || endpoint.hostPort() != null) {
            return endpoint;
        }
        return new Endpoint(
                endpoint.name(),
                endpoint.containerPort(),
                0,
                endpoint.protocol(),
                endpoint.labels(),
                endpoint.networkNames());
    }

    private static Scheduling normalise(Scheduling scheduling) {
        Placement placement = scheduling.placement();
        return new Scheduling(
                scheduling.backoff(),
                scheduling.upgrade(),
                scheduling.killSelection(),
                scheduling.unreachableStrategy(),
                new Placement(
                        placement.constraints().stream().distinct().toList(),
                        placement.acceptedResourceRoles().stream().distinct().toList()));
    }
}
