package io.muster.deploy.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a deployment comes from.
 *
 * @param who the name of the authenticated user who asked for it
 * @param reason in his words
 * @param forced whether he said that it may take the place of another
 * @param supersedes the one whose place it took
 * @param rollsBack the one whose effect it undoes
 * @param bundle the id that clients see of all that one request began; absent for one of its own
 */
public record Origin(
        @Nullable String who,
        @Nullable String reason,
        boolean forced,
        @Nullable UUID supersedes,
        @Nullable UUID rollsBack,
        @Nullable UUID bundle) {

    /** Of a deployment of its own. */
    public Origin(
            @Nullable String who,
            @Nullable String reason,
            boolean forced,
            @Nullable UUID supersedes,
            @Nullable UUID rollsBack) {
        this(who, reason, forced, supersedes, rollsBack, null);
    }

    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin(null, null, false, null, null);
}
