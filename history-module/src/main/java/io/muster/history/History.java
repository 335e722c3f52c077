package io.muster.history;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
    void append(NewAuditEntry entry);

    /** Found whether or not it was ever exposed, and in whichever life. */
    Optional<StoredVersion> find(PodId id, Version version);

    /** Those of the asked versions that exist, in no order, by one query. */
    List<StoredVersion> findAll(Collection<VersionKey> keys);

    /** Versions that were exposed at some time, of all lives, here or where they were imported from; ascending. */
    List<Version> exposed(PodId id);

    /** A part of the audit of an id; empty for an id that never existed. */
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

    /** One version of one pod id. */
    record VersionKey(PodId id, Version version) {}
}
