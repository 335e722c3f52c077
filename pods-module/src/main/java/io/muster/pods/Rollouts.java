package io.muster.pods;

import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Brings accepted changes to the cluster. Declared here, implemented by the deploy module above. */
public interface Rollouts {

    /**
     * Records a deployment for a change, in the transaction of the caller, who holds the lock of the pod row. With
     * {@code force} a running deployment of the pod is superseded in the same transaction, or ended as the instructions
     * say if they undo it.
     *
     * @return the id of the new deployment
     * @throws PodLockedException if a deployment of the pod runs and force is false; nothing was written
     */
    UUID submit(Change change, Instructions instructions);

    /** The deployment of the pod that still runs. */
    Optional<Holder> holder(PodId id);

    /** The deployments that hold these pods, the oldest first; at most one for each pod. */
    List<Holder> holders(Collection<PodId> ids);

    /**
     * A deployment that holds a pod.
     *
     * @param shown the id that clients know it by: that of the bundle it belongs to, if it belongs to one
     * @param age how long ago it was accepted
     * @param who whose it is
     */
    record Holder(UUID deployment, UUID shown, Duration age, Optional<String> who) {}

    /** Whether an instance of the pod that is not gone was made from this version. */
    boolean hasInstances(PodId id, Version version);

    /** What a deployment will do that was submitted in the transaction of the caller, by what is known now. */
    Plan plan(UUID deployment);

    /**
     * What a deployment does.
     *
     * @param steps the names of its actions, in order; empty if nothing differs
     * @param kept instances that stay as they are
     * @param replaced instances that end, each for one of the new configuration
     * @param started instances that begin in addition to these
     * @param ended instances that end without another in their place
     */
    record Plan(List<String> steps, int kept, int replaced, int started, int ended) {

        public Plan {
            steps = List.copyOf(steps);
        }
    }

    /** A change of one pod, as it was accepted. */
    sealed interface Change {
        PodId id();

        /** The pod did not exist, or had been deleted. */
        record Create(VersionedPod target) implements Change {
            @Override
            public PodId id() {
                return target.id();
            }
        }

        /**
         * The pod has a target already.
         *
         * @param exposed what queries show; absent while the first deployment of a life has not ended
         */
        record Update(Optional<VersionedPod> exposed, VersionedPod target) implements Change {
            @Override
            public PodId id() {
                return target.id();
            }
        }

        /**
         * The instances are replaced by others of the same version.
         *
         * @param exposed as in {@link Update}
         */
        record Restart(Optional<VersionedPod> exposed, VersionedPod target) implements Change {
            @Override
            public PodId id() {
                return target.id();
            }
        }

        /** The definition is equal to the target: recorded as succeeded at once, even while the pod is locked. */
        record Nothing(VersionedPod target) implements Change {
            @Override
            public PodId id() {
                return target.id();
            }
        }

        /**
         * The instances end, then the life of the pod.
         *
         * @param last what was shown or deployed last
         */
        record Delete(VersionedPod last) implements Change {
            @Override
            public PodId id() {
                return last.id();
            }
        }
    }
}
