package io.muster.pods.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Ports: which an endpoint must, may and must not name under the networks of its pod. */
final class EndpointRules {

    private final List<NetworkMode> modes;
    private final List<String> containerNetworks;
    private final Violations found;

    private EndpointRules(List<Network> networks, Violations found) {
        this.modes = networks.stream().map(Network::mode).toList();
        this.containerNetworks = networks.stream()
                .filter(network -> network.mode() == NetworkMode.CONTAINER)
                .map(Network::name)
                .filter(Objects::nonNull)
                .toList();
        this.found = found;
    }

    static void check(SubmittedPod pod, PodFeatures features, Violations found) {
        var rules = new EndpointRules(NetworkRules.named(pod, features), found);
        List<Endpoint> all = new ArrayList<>();
        for (int i = 0; i < pod.containers().size(); i++) {
            List<Endpoint> endpoints = pod.containers().get(i).container().endpoints();
            for (int j = 0; j < endpoints.size(); j++) {
                rules.check("/containers(" + i + ")/endpoints(" + j + ")", endpoints.get(j));
            }
            all.addAll(endpoints);
        }
        // The first text has carried this spelling since Marathon 1.4; clients may compare it.
        unique(all.stream().map(Endpoint::name).toList(), "endpoint names nust be unique across all containers", found);
        unique(
                all.stream()
                        .map(Endpoint::containerPort)
                        .filter(Objects::nonNull)
                        .toList(),
                "container ports must be unique across all containers",
                found);
        unique(
                all.stream()
                        .map(Endpoint::hostPort)
                        .filter(port -> port != null && port != 0)
                        .toList(),
                "host ports must be unique across all containers",
                found);
    }

    private static void unique(List<?> values, String message, Violations found) {
        found.addIf(!VolumeRules.unique(values), "/", message);
    }

    private void check(String path, Endpoint endpoint) {
        checkContainerPort(path + "/containerPort", endpoint.containerPort() != null);
        found.addIf(
                !VolumeRules.unique(endpoint.protocol()),
                path + "/protocol",
                "Duplicate protocols within the same endpoint are not allowed");
        for (int k = 0; k < endpoint.networkNames().size(); k++) {
            found.addIf(
                    !containerNetworks.contains(endpoint.networkNames().get(k)),
                    path + "/networkNames(" + k + ")",
                    "is not one of (" + String.join(",", containerNetworks) + ")");
        }
        long networks =
                modes.stream().filter(mode -> mode == NetworkMode.CONTAINER).count();
        found.addIf(
                networks > 1
                        && endpoint.hostPort() != null
                        && endpoint.networkNames().size() != 1,
                path,
                "networkNames must be a single item list when hostPort is specified and more than 1 container network"
                        + " is defined");
    }

    private void checkContainerPort(String path, boolean given) {
        found.addIf(given && modes.contains(NetworkMode.HOST), path, "is not allowed when using host-mode networking");
        found.addIf(
                !given && modes.contains(NetworkMode.CONTAINER),
                path,
                "is required when using container-mode networking");
        // Without a network there is nothing to map the port from, and Marathon's matcher fails on it at every offer.
        found.addIf(given && modes.isEmpty(), path, "is not allowed when no network is declared");
    }
}
