package io.muster.deploy.model;

import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.StatusReport;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.history.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened, for those who listen. Recorded in the transaction of the change itself. */
public sealed interface DeployEvent {

    Instant at();

    /**
     * Mesos said something new of a task.
     *
     * @param instance as it was before
     * @param ports of the host, those of this container; in declaration order
     */
    record TaskReported(Instance instance, StatusReport report, List<Integer> ports, Instant at)
            implements DeployEvent {

        public TaskReported {
            ports = List.copyOf(ports);
        }
    }

    /** The condition or the goal of an instance changed. */
    record InstanceChanged(Instance instance, Instant at) implements DeployEvent {}

    /**
     * An instance is gone. Told unless its last condition was told before.
     *
     * @param last as it was
     * @param condition terminal
     */
    record InstanceEnded(Instance last, Condition condition, Instant at) implements DeployEvent {

        /**
         * What its containers ended with. One that never ran, or that is given up, counts as killed (Marathon,
         * InstanceUpdater.scala).
         *
         * @param end empty for one that had no place
         * @return empty where {@code last} says it already
         */
        public static Optional<InstanceEnded> of(Instance last, Optional<Termination> end, Instant at) {
            Condition condition = end.map(Termination::condition)
                    .filter(Condition::isTerminal)
                    .orElse(Condition.KILLED);
            return condition == last.condition()
                    ? Optional.empty()
                    : Optional.of(new InstanceEnded(last, condition, at));
        }
    }

    /** The health of an instance, taken over its containers, changed. */
    record HealthChanged(Instance instance, Instant at) implements DeployEvent {}

    /** How an instance ended that had a place. */
    record InstanceTerminated(Termination termination) implements DeployEvent {

        @Override
        public Instant at() {
            return termination.endedAt();
        }
    }

    /**
     * The last task has ended of an instance that is not known, but ran.
     *
     * @param pod whose it must have been, by its id
     * @param condition terminal
     */
    record UnknownInstanceEnded(InstanceId instance, PodId pod, Condition condition, Instant at)
            implements DeployEvent {}

    /**
     * Instances wait, because offers were refused.
     *
     * @param refused how many, by their first reason, since some began to wait
     */
    record PodWaiting(PodId pod, Map<Refusal, Long> refused, Instant at) implements DeployEvent {}

    /** The last instance of a pod that is being deleted is gone. */
    record PodEnded(PodId pod, Instant at) implements DeployEvent {}

    /**
     * A deployment began, ended, or something else became of it.
     *
     * @param instances how many its target wants; 0 for a delete
     * @param begun whether the engine had taken it up, which it has for the phases that the engine tells
     * @param reason why it ended otherwise than well, was paused, or what limit it is over; absent for the other phases
     */
    record DeploymentMoved(
            Deployment deployment,
            int instances,
            Phase phase,
            boolean begun,
            @Nullable String reason,
            Instant at) implements DeployEvent {}

    /**
     * Somebody stopped a deployment.
     *
     * @param by the name of the authenticated user
     * @param undoing the deployment that brings back what was before; absent if it stopped where it was
     */
    record DeploymentStopped(
            Deployment deployment,
            @Nullable String by,
            @Nullable UUID undoing,
            Instant at) implements DeployEvent {}

    /** A version has come further. That one is submitted is told by the floor below. */
    record VersionMoved(
            PodId pod, Version version, VersionState state, VersionState previous, UUID deployment, Instant at)
            implements DeployEvent {}

    /**
     * Queries show another version.
     *
     * @param previous what they showed before; absent in the first deployment of a life
     */
    record VersionExposed(
            PodId pod, Version version, @Nullable Version previous, Instant at) implements DeployEvent {}

    /**
     * Mesos knows this installation.
     *
     * @param master host and port; empty if Mesos did not say
     * @param again whether it is not the first subscription of this leader
     */
    record Subscribed(FrameworkId framework, String master, boolean again, Instant at) implements DeployEvent {}

    /** The connection to Mesos is lost. */
    record Disconnected(Instant at) implements DeployEvent {}

    /** An executor had something to say. */
    record MessageCame(ExecutorMessage message, Instant at) implements DeployEvent {}

    /**
     * A replica was elected, and its engine has begun.
     *
     * @param leader where clients reach it, host and port
     */
    record LeaderChanged(String leader, long epoch, Instant at) implements DeployEvent {}

    /**
     * The first deployment of a bundle began, or the last one ended: told in place of what its members would tell.
     *
     * @param phase began, or how it ended: well if all its members did
     * @param begun whether that it began was told
     * @param reason why it ended otherwise than well
     */
    record BundleMoved(
            Bundle bundle,
            Phase phase,
            boolean begun,
            @Nullable String reason,
            Instant at) implements DeployEvent {}

    /** Where the deployment came to. */
    enum Phase {
        BEGAN,
        SUCCEEDED,
        SUPERSEDED,
        ROLLED_BACK,
        CANCELLED,
        FAILED,
        PAUSED,
        RESUMED,
        /** It goes on. */
        OVER_LIMIT
    }
}
