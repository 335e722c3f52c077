package io.muster.pods.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A port by name.
 *
 * @param name unique in the whole pod
 * @param containerPort absent in host mode
 * @param hostPort 0 asks for any free port; absent where no port of the host is mapped
 * @param protocol empty when none was given, which means: no entry in service discovery
 * @param networkNames empty for all container networks
 */
public record Endpoint(
        String name,
        @Nullable Integer containerPort,
        @Nullable Integer hostPort,
        List<String> protocol,
        Map<String, String> labels,
        List<String> networkNames) {

    public Endpoint {
        protocol = List.copyOf(protocol);
        labels = Ordered.copyOf(labels);
        networkNames = List.copyOf(networkNames);
    }
}
