package io.muster.history;

import io.muster.history.StoredVersion.Tombstone;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The versions and the audit of pod ids: written once, never changed, kept for ever. Whoever appends does so in a
 * transaction of his own and holds the lock of the pod row, so that nothing remains of a request that is refused.
 */
public interface History {

    /**
     * Stores a definition under a new version: now by the database's clock, in whole milliseconds, but at least one
     * millisecond after the last version of the id in any life.
     */
    Version append(NewVersion definition);

    /**
     * Stores a definition under the version that another orchestrator gave it, which may lie before versions that are
     * here already.
     *
     * @return false if the id has this version already; it stays as it is
     */
    boolean appendImported(Version version, NewVersion definition);

    /** Stores that something happened, at the time of the database. */
    default void append(NewAuditEntry entry) {
        append(List.of(entry));
    }

    /** The same for any number, in this order; one statement. */
    void append(List<NewAuditEntry> entries);

    /** Stores for each that its deployment was taken up, at the time of the database; one statement, however many. */
    void begun(List<Begun> versions);

    /**
     * Takes the definition of a version out of the history, and leaves a tombstone. Whoever calls this has seen to it that
     * nobody needs the definition any more.
     *
     * @return empty if there is no such version, or its definition is gone already
     */
    Optional<Tombstone> purge(PodId id, Version version, Optional<String> who, String reason);

    /** Found whether or not it was ever exposed, and in whichever life. */
    Optional<StoredVersion> find(PodId id, Version version);

    /** Those of the asked versions that exist, in no order, by one query. */
    List<StoredVersion> findAll(Collection<VersionKey> keys);

    /**
     * Versions that were exposed at some time, of all lives, here or where they were imported from; ascending. The cost
     * follows the limit.
     *
     * @param after only later ones; empty for the beginning
     */
    List<Version> exposed(PodId id, Optional<Version> after, int limit);

    /**
     * What became of the versions of an id, of all lives, the newest first; a fixed number of statements.
     *
     * @param before only earlier ones; empty for the beginning
     * @param limit at most so many, 1 to {@value Page#MAX_LIMIT}
     */
    List<VersionLife> lives(PodId id, Optional<Version> before, int limit);

    /** A part of the audit of an id, as far as this program knows the words for it; empty for an id that never existed. */
    List<AuditEntry> page(PodId id, Page page);

    /**
     * Which part.
     *
     * @param after the {@link AuditEntry#sequence()} to go on behind, in the asked order; empty for the beginning
     * @param limit at most so many entries, 1 to {@value #MAX_LIMIT}
     */
    record Page(Order order, Optional<Long> after, int limit) {

        public static final int MAX_LIMIT = 1000;

        public Page {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " entries, not " + limit);
            }
        }
    }

    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /** A version whose deployment begins. */
    record Begun(PodId id, Version version, UUID deployment) {}

    /** One version of one pod id. */
    record VersionKey(PodId id, Version version) {}
}
