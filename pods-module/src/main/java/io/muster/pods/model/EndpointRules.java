package io.muster.pods.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Ports: which an endpoint must, may and must not name under the networks of its pod. */
final class EndpointRules {

    private final boolean onHost;
    private final long containerNetworks;
    private final boolean withoutNetwork;
    private final Set<String> networkNames;
    private final String isNoNetwork;
    private final Violations found;

    private EndpointRules(List<Network> networks, Violations found) {
        List<Network> ofContainers = networks.stream()
                .filter(network -> network.mode() == NetworkMode.CONTAINER)
                .toList();
        this.onHost = networks.stream().anyMatch(network -> network.mode() == NetworkMode.HOST);
        this.containerNetworks = ofContainers.size();
        this.withoutNetwork = networks.isEmpty();
        this.networkNames = ofContainers.stream()
                .map(Network::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        this.isNoNetwork = "is not one of (" + String.join(",", networkNames) + ")";
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
            if (!networkNames.contains(endpoint.networkNames().get(k))) {
                found.add(path + "/networkNames(" + k + ")", isNoNetwork);
            }
        }
        found.addIf(
                containerNetworks > 1
                        && endpoint.hostPort() != null
                        && endpoint.networkNames().size() != 1,
                path,
                "networkNames must be a single item list when hostPort is specified and more than 1 container network"
                        + " is defined");
    }

    private void checkContainerPort(String path, boolean given) {
        found.addIf(given && onHost, path, "is not allowed when using host-mode networking");
        found.addIf(!given && containerNetworks > 0, path, "is required when using container-mode networking");
        // Without a network there is nothing to map the port from, and Marathon's matcher fails on it at every offer.
        found.addIf(given && withoutNetwork, path, "is not allowed when no network is declared");
    }
}
