package io.muster.deploy.engine;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Orphan;
import io.muster.deploy.model.Reservation;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine remembers across crashes. Implemented on PostgreSQL. */
public interface EngineStore {

    /** Everything that is alive, in one consistent view. */
    Snapshot load();

    /** Deployments that were accepted and that the engine has not taken up, oldest first. */
    List<Submission> submitted();

    /**
     * What the API did to deployments that run, and the engine has not looked at, oldest first. All of it: one notice that
     * were left would hold back the changes of this round, and of each after it, if they are about its pod. Each says how
     * its pod is at the moment.
     */
    List<Notice> notices();

    /** Kill requests that the engine has not taken up, those that have waited longest first; at most {@code limit}. */
    List<KillRequest> requestedKills(int limit);

    /** Pods whose launch delay somebody wants lifted, in no order. */
    List<PodId> delayResets();

    /** Orphans whose end somebody asked for, with the time of that; also those that the engine knows of already. */
    Map<TaskId, Instant> unwantedOrphans();

    /**
     * Stores all changes or none.
     *
     * @param epoch the epoch this engine was elected with
     * @throws FencedException if a later leader was elected: nothing was stored, and this engine must stop
     * @throws OvertakenException if the API moved a deployment meanwhile that these changes are about or follow from:
     *     nothing was stored
     */
    void commit(long epoch, Changes changes);

    /**
     * A deployment and what it deploys.
     *
     * @param target for a delete: what was there last
     */
    record Submission(Deployment deployment, VersionedPod target) {}

    /**
     * The API cancelled, paused or resumed a deployment.
     *
     * @param running the deployment that has the pod now, begun or not; empty if none
     * @param goal what that deploys, else what is exposed; empty if there is no such pod any more
     */
    record Notice(long id, PodId pod, Optional<Deployment> running, Optional<VersionedPod> goal) {}

    /**
     * One pod with what belongs to it.
     *
     * @param goal what the running deployment deploys, else what is exposed
     * @param running the deployment that runs, begun or not; empty if none
     * @param definitions every version that one of the instances was made from
     * @param delays by configuration hash
     */
    record StoredPod(
            VersionedPod goal,
            Optional<Deployment> running,
            List<VersionedPod> definitions,
            List<Instance> instances,
            Map<String, LaunchDelay> delays) {}

    /** All pods in their present life, and what belongs to none. */
    record Snapshot(
            Optional<FrameworkId> framework,
            List<StoredPod> pods,
            List<Orphan> orphans,
            List<Reservation> reservations) {

        /** Where nothing is reserved. */
        public Snapshot(Optional<FrameworkId> framework, List<StoredPod> pods, List<Orphan> orphans) {
            this(framework, pods, orphans, List.of());
        }
    }
}
