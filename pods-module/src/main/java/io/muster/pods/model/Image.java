package io.muster.pods.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The image of a container.
 *
 * @param pullSecret a key of the secrets of the pod, that holds the registry credentials
 * @param forcePull whether the cache of the agent is passed over
 */
public record Image(
        ImageKind kind,
        String id,
        @Nullable String pullSecret,
        @Nullable Boolean forcePull,
        Map<String, String> labels) {

    public Image {
        labels = Ordered.copyOf(labels);
    }
}
