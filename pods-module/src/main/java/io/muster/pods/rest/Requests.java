package io.muster.pods.rest;

import io.muster.history.PodId;
import io.muster.pods.model.Validation;
import io.muster.pods.model.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Readings of the parts of a request that are the same on all routes. */
public final class Requests {

    private Requests() {}

    /**
     * The pod that a path names.
     *
     * @param raw the path variable, as it was decoded
     * @throws ApiException 422 with the path {@code /} if no pod can have that name
     */
    public static PodId podId(String raw) {
        String canonical = PodId.canonical(raw);
        List<Violation> violations = Validation.checkPathId(canonical);
        if (!violations.isEmpty()) {
            throw ApiException.invalid(violations);
        }
        return new PodId(canonical);
    }

    /** Marathon's rule for boolean query parameters: only the text {@code true}, in any case, is true. */
    public static boolean isTrue(@Nullable String parameter) {
        return "true".equalsIgnoreCase(parameter);
    }
}
