package io.muster.mesos.launch;

import io.muster.pods.model.Endpoint;
import io.muster.pods.model.Network;
import io.muster.pods.model.NetworkMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.NetworkInfo.PortMapping;
import org.jspecify.annotations.Nullable;

/** The networks that all containers of an instance share, with the ports of the host that lead into them. */
final class NetworkMessages {

    private NetworkMessages() {}

    /** One for each bridge or container network; none for a pod that uses the network of its host. */
    static List<NetworkInfo> of(PodLaunch launch) {
        return launch.pod().networks().stream()
                .filter(network -> network.mode() != NetworkMode.HOST)
                .map(network -> network(launch, network))
                .toList();
    }

    /** The name under which agents know a network; absent for the network of the host. */
    static @Nullable String name(PodLaunch launch, Network network) {
        return network.mode() == NetworkMode.BRIDGE ? launch.settings().bridgeNetwork() : network.name();
    }

    private static NetworkInfo network(PodLaunch launch, Network network) {
        NetworkInfo.Builder message = NetworkInfo.newBuilder();
        String name = name(launch, network);
        if (name != null) {
            message.setName(name);
        }
        if (!network.labels().isEmpty()) {
            message.setLabels(LabelMessages.of(network.labels()));
        }
        launch.endpoints().stream()
                .filter(bound -> leadsInto(bound.endpoint(), network))
                .forEach(bound -> message.addAllPortMappings(mappings(bound)));
        return message.build();
    }

    /** Marathon asks whether *all* names an endpoint lists are this one, which maps an endpoint with two on none. */
    private static boolean leadsInto(Endpoint endpoint, Network network) {
        return network.mode() == NetworkMode.BRIDGE
                || endpoint.networkNames().isEmpty()
                || endpoint.networkNames().contains(network.name());
    }

    private static List<PortMapping> mappings(BoundEndpoint bound) {
        Integer hostPort = bound.hostPort();
        if (hostPort == null) {
            return List.of();
        }
        Integer containerPort = bound.endpoint().containerPort();
        PortMapping mapping = PortMapping.newBuilder()
                .setHostPort(hostPort)
                .setContainerPort(containerPort == null || containerPort == 0 ? hostPort : containerPort)
                .build();
        if (bound.endpoint().protocol().isEmpty()) {
            // There is no default: the port mapper of the agent takes it for tcp.
            return List.of(mapping);
        }
        List<PortMapping> mappings = new ArrayList<>();
        for (String protocol : bound.endpoint().protocol()) {
            mappings.add(mapping.toBuilder().setProtocol(protocol).build());
        }
        return mappings;
    }
}
