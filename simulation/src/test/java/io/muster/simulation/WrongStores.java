package io.muster.simulation;

import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.EngineStore;
import io.muster.deploy.engine.Forgery;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.Instance;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Bugs between the engine and the store. */
final class WrongStores {

    private WrongStores() {}

    private static Parts of(UnaryOperator<EngineStore> bug) {
        return new Parts() {
            @Override
            public EngineStore store(EngineStore real) {
                return bug.apply(real);
            }
        };
    }

    /** Whoever commits does so with the highest epoch that anybody used. */
    static Parts unfenced() {
        AtomicLong highest = new AtomicLong();
        return of(real -> new Kept(real) {
            @Override
            public void commit(long epoch, Changes changes) {
                super.commit(highest.accumulateAndGet(epoch, Math::max), changes);
            }
        });
    }

    static Parts swallowing() {
        return of(real -> new Kept(real) {
            @Override
            public void commit(long epoch, Changes changes) {
                try {
                    super.commit(epoch, changes);
                } catch (Store.Unavailable swallowed) {
                    // As if it had been stored.
                }
            }
        });
    }

    static Parts exposingEarly() {
        return of(real -> new Kept(real) {
            @Override
            public void commit(long epoch, Changes changes) {
                Forgery.exposeWhatBegins(changes);
                super.commit(epoch, changes);
            }
        });
    }

    /** Whoever takes over believes that what was launched and not confirmed still waits for a place. */
    static Parts forgettingPlaces() {
        return of(real -> new Kept(real) {
            @Override
            public Snapshot load() {
                Snapshot stored = super.load();
                return new Snapshot(
                        stored.framework(),
                        stored.pods().stream()
                                .map(pod -> new StoredPod(
                                        pod.goal(),
                                        pod.running(),
                                        pod.definitions(),
                                        pod.instances().stream()
                                                .map(WrongStores::withoutPlace)
                                                .toList(),
                                        pod.delays()))
                                .toList(),
                        stored.orphans());
            }
        });
    }

    /** The deployments of whoever takes over are others than those that are stored. */
    private static EngineStore.Snapshot with(EngineStore.Snapshot stored, UnaryOperator<Deployment> bug) {
        return new EngineStore.Snapshot(
                stored.framework(),
                stored.pods().stream()
                        .map(pod -> new EngineStore.StoredPod(
                                pod.goal(), pod.running().map(bug), pod.definitions(), pod.instances(), pod.delays()))
                        .toList(),
                stored.orphans(),
                stored.reservations());
    }

    /** What is paused rolls. */
    static Parts neverPaused() {
        return of(real -> new Kept(real) {
            @Override
            public Snapshot load() {
                return with(super.load(), WrongStores::rolling);
            }

            @Override
            public List<Notice> notices() {
                return super.notices().stream()
                        .map(notice -> new Notice(
                                notice.id(), notice.pod(), notice.running().map(WrongStores::rolling), notice.goal()))
                        .toList();
            }
        });
    }

    private static Deployment rolling(Deployment deployment) {
        return deployment.state() instanceof DeploymentState.Paused paused && paused.startedAt() != null
                ? in(deployment, new DeploymentState.Rolling(paused.startedAt(), paused.since()))
                : deployment;
    }

    /** Whoever takes over believes that all instances are young enough. */
    static Parts forgettingRestarts() {
        return of(real -> new Kept(real) {
            @Override
            public Snapshot load() {
                return with(
                        super.load(),
                        deployment -> deployment.state() instanceof DeploymentState.Rolling rolling
                                ? in(deployment, new DeploymentState.Rolling(Instant.EPOCH, rolling.since()))
                                : deployment);
            }
        });
    }

    private static Deployment in(Deployment deployment, DeploymentState state) {
        return new Deployment(
                deployment.id(),
                deployment.pod(),
                deployment.kind(),
                deployment.from(),
                deployment.target(),
                state,
                deployment.createdAt(),
                deployment.origin(),
                deployment.policy(),
                deployment.failures(),
                deployment.warning());
    }

    static Parts exposingWhatFailed() {
        return of(real -> new Kept(real) {
            @Override
            public void commit(long epoch, Changes changes) {
                Forgery.exposeWhatFailed(changes);
                super.commit(epoch, changes);
            }
        });
    }

    static Parts tellingTwice() {
        return of(real -> new Kept(real) {
            @Override
            public void commit(long epoch, Changes changes) {
                Forgery.tellReportsTwice(changes);
                super.commit(epoch, changes);
            }
        });
    }

    /** What undoes a deployment deploys again what that one did. */
    static Parts undoingNothing() {
        Map<PodId, VersionedPod> last = new HashMap<>();
        return of(real -> new Kept(real) {
            @Override
            public List<Submission> submitted() {
                return super.submitted().stream()
                        .map(submission -> {
                            VersionedPod target = submission.target();
                            VersionedPod undone =
                                    submission.deployment().origin().rollsBack() == null ? null : last.get(target.id());
                            if (undone == null) {
                                last.put(target.id(), target);
                                return submission;
                            }
                            return new Submission(
                                    submission.deployment(),
                                    new VersionedPod(target.version(), undone.definition(), undone.configHash()));
                        })
                        .toList();
            }
        });
    }

    private static Instance withoutPlace(Instance instance) {
        return instance.isWanted() && instance.condition() == Condition.PROVISIONED
                ? Instance.scheduled(
                        instance.id(),
                        instance.pod(),
                        instance.version(),
                        instance.configHash(),
                        instance.scheduledAt())
                : instance;
    }
}
