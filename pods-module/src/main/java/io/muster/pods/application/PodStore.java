package io.muster.pods.application;

import io.muster.history.PodId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rows of pods. Whoever changes one holds its lock, in a transaction. */
public interface PodStore {

    /** Locks the row of an id until the transaction ends, and makes it if the id is new. */
    PodState lockOrCreate(PodId id);

    /** Locks the row of an id until the transaction ends; empty if the id was never used. */
    Optional<PodState> lock(PodId id);

    /**
     * Locks the rows of ids until the transaction ends, in the order of the ids, so that two who do so do not wait for each
     * other; one statement.
     *
     * @return in that order; without those that were never used
     */
    List<PodState> lock(Collection<PodId> ids);

    /** Stores a state whose row is locked by this transaction. */
    void save(PodState state);

    /** The same for any number; one statement. */
    void save(List<PodState> states);

    Optional<PodState> find(PodId id);

    /** Pods in their present life, ordered by id. */
    List<PodState> present();

    /** Those of these ids that are in their present life, ordered by id. */
    List<PodState> present(Collection<PodId> ids);

    /** At most {@code limit} pods in their present life, ordered by id, behind that id. */
    List<PodState> present(Optional<PodId> after, int limit);

    /** Those in their present life whose ids lie below this one, ordered by id; below the root, where it is empty, all. */
    List<PodState> presentBelow(Optional<PodId> group);

    /**
     * Whether a pod that is present lies above or below this id, so that one of the two would have to be a group. Until
     * the transaction ends, nobody gets an answer for an id above or below this one.
     */
    boolean clashesWithGroup(PodId id);

    /** Now, by the database's clock. */
    Instant now();
}
