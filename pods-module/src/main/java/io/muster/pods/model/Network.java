package io.muster.pods.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One network that the containers of a pod share.
 *
 * @param name of a container network; absent for the other modes
 */
public record Network(NetworkMode mode, @Nullable String name, Map<String, String> labels) {

    public Network {
        labels = Ordered.copyOf(labels);
    }
}
