package io.muster.mesos.matching;

import io.muster.pods.model.PodDefinition;
import java.util.Locale;
import java.util.Optional;

/** Whether agents with GPUs are for pods that need some only (Marathon, {@code --gpu_scheduling_behavior}). */
public enum GpuScheduling {
    /** Nobody has decided: as {@link #UNRESTRICTED}. */
    UNDEFINED,
    /** Offers with GPUs are refused by pods that need none. */
    RESTRICTED,
    UNRESTRICTED;

    /** With this label a pod decides for itself. */
    static final String LABEL = "GPU_SCHEDULING_BEHAVIOR";

    /** What holds for a pod; a label that says nothing we know is passed over. */
    GpuScheduling of(PodDefinition pod) {
        return Optional.ofNullable(pod.labels().get(LABEL))
                .flatMap(GpuScheduling::named)
                .orElse(this);
    }

    private static Optional<GpuScheduling> named(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "restricted" -> Optional.of(RESTRICTED);
            case "unrestricted" -> Optional.of(UNRESTRICTED);
            case "undefined" -> Optional.of(UNDEFINED);
            default -> Optional.empty();
        };
    }
}
