package io.muster.pods.model;

import java.util.List;
import java.util.Objects;

/** Which networks may be combined, and what they may carry. */
final class NetworkRules {

    private NetworkRules() {}

    /** The networks of a pod with the default name filled in. */
    static List<Network> named(SubmittedPod pod, PodFeatures features) {
        return pod.networks().stream()
                .map(network -> network.mode() == NetworkMode.CONTAINER && network.name() == null
                        ? new Network(network.mode(), features.defaultNetwork(), network.labels())
                        : network)
                .toList();
    }

    static void check(SubmittedPod pod, PodFeatures features, Violations found) {
        List<Network> networks = named(pod, features);
        for (Network network : networks) {
            switch (network.mode()) {
                case HOST ->
                    found.addIf(
                            network.name() != null || !network.labels().isEmpty(),
                            "/networks",
                            "Host networks may not have names or labels");
                case BRIDGE -> found.addIf(network.name() != null, "/networks", "Bridge networks may not have names");
                case CONTAINER -> {}
            }
        }
        List<Network> containerNetworks = networks.stream()
                .filter(network -> network.mode() == NetworkMode.CONTAINER)
                .toList();
        // Compared with the default filled in, so that it cannot be joined twice.
        found.addIf(
                containerNetworks.stream().map(NetworkRules::key).distinct().count() < containerNetworks.size(),
                "/networks",
                "Duplicate networks are not allowed");
        found.addIf(
                networks.size() > 1 && containerNetworks.size() < networks.size(),
                "/networks",
                "May specify a single host network, single bridge network, or else 1-to-n container networks");
        found.addIf(
                containerNetworks.stream().anyMatch(network -> network.name() == null),
                "/networks",
                "Network name must be specified when container network is selected.");
    }

    private static String key(Network network) {
        return Objects.requireNonNullElse(network.name(), "");
    }
}
