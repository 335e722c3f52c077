package io.muster.pods;

import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the floors above may ask and tell about pods. */
public interface Pods {

    /** The pod in its present life, also while it is being deleted; empty if it never was or was deleted. */
    Optional<Pod> find(PodId id);

    /** Those of these pods that are in their present life, ordered by id; few queries, however many they are. */
    List<Pod> find(Collection<PodId> ids);

    /** All pods in their present life, ordered by id. */
    List<Pod> list();

    /**
     * A part of {@link #list}.
     *
     * @param after only ids behind this one, which need not exist; empty for the beginning
     * @param limit at most so many, at least one
     */
    List<Pod> page(Optional<PodId> after, int limit);

    /**
     * What queries answer of the pods in their present life, ordered by id; without the definitions, so that those of
     * many pods need not be held at once. The parameters are those of {@link #page}.
     */
    List<VersionKey> shown(Optional<PodId> after, int limit);

    /**
     * The same of the pods whose ids lie below this one, all of them; below the root, where it is empty, those of the
     * whole cluster. A group is there if it has any.
     */
    List<VersionKey> shownBelow(Optional<PodId> group);

    /**
     * Any version that was ever accepted, also of deleted pods.
     *
     * @throws PurgedVersionException if its definition was purged
     */
    Optional<VersionedPod> version(PodId id, Version version);

    /**
     * Versions that are known to exist, in the order of the keys; by one query at most.
     *
     * @throws IllegalStateException if one does not
     */
    List<VersionedPod> versions(List<VersionKey> keys);

    /**
     * From the commit of the surrounding transaction on, queries show these versions. A fixed number of statements, however
     * many they are.
     *
     * @param exposures at most one of each pod
     * @throws IllegalStateException if a pod has no life
     */
    void expose(List<Exposure> exposures);

    /**
     * Ends the present lives of these pods, in the surrounding transaction: every instance is gone. A fixed number of
     * statements, however many they are.
     *
     * @throws IllegalStateException if a pod has no life
     */
    void bury(List<Burial> burials);

    /**
     * A version that has been brought out.
     *
     * @param deployment the one that ended successfully
     */
    record Exposure(PodId pod, Version version, UUID deployment) {}

    /**
     * The end of a pod.
     *
     * @param deployment the one that ended its instances
     */
    record Burial(PodId pod, UUID deployment) {}

    /**
     * A pod in its present life.
     *
     * @param shown what queries answer: the exposed version, or in the first deployment of a life the target
     * @param exposed the version whose deployment completed last; absent in the first deployment of a life
     * @param target what was accepted last
     */
    record Pod(VersionedPod shown, Optional<VersionedPod> exposed, VersionedPod target) {
        public PodId id() {
            return shown.id();
        }
    }
}
