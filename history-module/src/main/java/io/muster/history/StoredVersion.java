package io.muster.history;

import java.time.Instant;
import java.util.Optional;

/** A version as it is stored; see {@link NewVersion}. */
public record StoredVersion(
        PodId id, Version version, int life, String configHash, Content content, Optional<String> submittedBy) {

    /** What is stored under a version. */
    public sealed interface Content {}

    /**
     * What was accepted.
     *
     * @param text JSON, as it was
     */
    public record Definition(String text) implements Content {}

    /**
     * What a purge left of a definition.
     *
     * @param at by the database's clock
     * @param who the name of the authenticated user
     */
    public record Tombstone(Instant at, Optional<String> who, String reason) implements Content {}

    /** Empty if it was purged. */
    public Optional<String> definition() {
        return content instanceof Definition(String text) ? Optional.of(text) : Optional.empty();
    }

    /** Empty unless it was purged. */
    public Optional<Tombstone> tombstone() {
        return content instanceof Tombstone tombstone ? Optional.of(tombstone) : Optional.empty();
    }
}
