package io.muster.pods.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The resource limits of a container as they were sent. */
public record SubmittedLimits(
        @Nullable Limit cpus, @Nullable Limit mem) {

    /** One limit; perhaps less than what the container asks for. */
    public sealed interface Limit {}

    public record Amount(BigDecimal amount) implements Limit {}

    /** Should be {@code unlimited}. */
    public record Word(String word) implements Limit {}

    /** Once validation has passed; none if none was sent. */
    @Nullable
    ResourceLimits normalised() {
        return cpus == null && mem == null ? null : new ResourceLimits(normalised(cpus), normalised(mem));
    }

    private static @Nullable ResourceLimit normalised(@Nullable Limit limit) {
        return switch (limit) {
            case null -> null;
            case Amount(BigDecimal amount) -> new ResourceLimit.Amount(amount);
            case Word unlimited -> new ResourceLimit.Unlimited();
        };
    }
}
