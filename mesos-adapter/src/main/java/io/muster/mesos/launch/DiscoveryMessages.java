package io.muster.mesos.launch;

import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.NetworkMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.mesos.v1.Protos.DiscoveryInfo;
import org.apache.mesos.v1.Protos.Port;
import org.apache.mesos.v1.Protos.Ports;

/** What DNS and load balancers learn of a task: the name of its pod and its own endpoints that name a protocol. */
final class DiscoveryMessages {

    private DiscoveryMessages() {}

    static DiscoveryInfo of(PodLaunch launch, Container container) {
        Ports.Builder ports = Ports.newBuilder();
        launch.endpointsOf(container).forEach(bound -> ports.addAllPorts(ports(launch, bound)));
        return DiscoveryInfo.newBuilder()
                .setVisibility(DiscoveryInfo.Visibility.FRAMEWORK)
                .setName(launch.pod().id().discoveryName())
                .setPorts(ports)
                .build();
    }

    private static List<Port> ports(PodLaunch launch, BoundEndpoint bound) {
        Endpoint endpoint = bound.endpoint();
        List<Port> ports = new ArrayList<>();
        for (String protocol : endpoint.protocol()) {
            if (bound.hostPort() != null) {
                Map<String, String> scope = launch.pod().usesHostNetwork() ? Map.of() : Map.of("network-scope", "host");
                ports.add(port(endpoint, bound.hostPort(), protocol, scope));
            } else if (endpoint.containerPort() != null) {
                for (String network : networks(launch, endpoint)) {
                    Map<String, String> scope = new LinkedHashMap<>();
                    scope.put("network-scope", "container");
                    scope.put("network-name", network);
                    ports.add(port(endpoint, endpoint.containerPort(), protocol, scope));
                }
            }
        }
        return ports;
    }

    private static List<String> networks(PodLaunch launch, Endpoint endpoint) {
        if (!endpoint.networkNames().isEmpty()) {
            return endpoint.networkNames();
        }
        return launch.pod().networks().stream()
                .filter(network -> network.mode() != NetworkMode.HOST)
                .map(network -> NetworkMessages.name(launch, network))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Port port(Endpoint endpoint, int number, String protocol, Map<String, String> scope) {
        Map<String, String> labels = new LinkedHashMap<>(endpoint.labels());
        labels.putAll(scope);
        Port.Builder port =
                Port.newBuilder().setNumber(number).setName(endpoint.name()).setProtocol(protocol);
        if (!labels.isEmpty()) {
            port.setLabels(LabelMessages.of(labels));
        }
        return port.build();
    }
}
