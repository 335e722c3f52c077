package io.muster.deploy.engine;

import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.engine.Changes.DelayChange;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.LaunchDelay;
import io.muster.history.PodId;
import io.muster.pods.model.Backoff;
import java.time.Instant;
import java.util.Optional;

/** What failures leave behind in one round: the last one of each pod, and the delay of the next launch. */
final class Setbacks {

    /** That many pods are forgiven in one round. */
    private static final int AT_ONCE = 1_000;

    private final World world;
    private final Changes changes;
    private final Instant now;

    Setbacks(World world, Changes changes, Instant now) {
        this.world = world;
        this.changes = changes;
        this.now = now;
    }

    /**
     * A wanted instance ended by itself: it is remembered, and delays the next launch where its end calls for it. One whose
     * agent is being emptied is no failure, and others need not wait (Marathon, NotifyRateLimiterStepImpl.scala).
     */
    void ended(Instance before, StatusReport report) {
        if (report.isOfDraining()) {
            world.pod(before.pod()).ifPresent(pod -> lift(pod, before.configHash()));
            return;
        }
        Condition condition = Condition.of(
                report.state(), report.reason().orElse(""), report.message().orElse(""));
        boolean killedForHealth =
                condition == Condition.KILLED && report.healthy().equals(Optional.of(false));
        if (condition != Condition.FINISHED && (condition != Condition.KILLED || killedForHealth)) {
            Instant started = before.tasks().stream()
                    .filter(task -> task.id().equals(report.task()))
                    .findFirst()
                    .map(task -> Optional.ofNullable(task.startedAt()).orElse(task.stagedAt()))
                    .orElse(before.scheduledAt());
            changes.put(new Failure(
                    before.pod(),
                    before.id(),
                    report.task(),
                    report.state(),
                    started,
                    now,
                    report.message().orElse(null)));
        }
        if (condition.delaysNextLaunch() || killedForHealth) {
            PodState pod = world.pod(before.pod()).orElseThrow();
            Backoff backoff =
                    pod.definition(before.version()).definition().scheduling().backoff();
            LaunchDelay last = pod.delays().get(before.configHash());
            if (last != null && isLaunchLost(before, condition) && now.isBefore(last.deadline())) {
                return;
            }
            boolean forgiven = last != null && last.isForgiven(backoff, now);
            delay(pod, before.configHash(), LaunchDelay.afterFailure(forgiven ? null : last, backoff, now));
        }
    }

    /**
     * Whether no agent ever told of it. A connection or a master that is lost takes all launches along that are on their way,
     * which says nothing against the pod: they count as one failure, where each would raise the delay (Marathon,
     * RateLimiter.scala), and the pod would wait for as long as it may.
     */
    private static boolean isLaunchLost(Instance before, Condition end) {
        return before.condition() == Condition.PROVISIONED && (end == Condition.GONE || end == Condition.DROPPED);
    }

    /** While instances of a configuration come up, its delay counts from the last progress. */
    void progressed(Instance instance) {
        switch (instance.condition()) {
            case STAGING, STARTING, RUNNING -> {
                PodState pod = world.pod(instance.pod()).orElseThrow();
                LaunchDelay last = pod.delays().get(instance.configHash());
                if (last != null) {
                    delay(pod, instance.configHash(), new LaunchDelay(now, last.delay()));
                }
            }
            case ERROR,
                    FAILED,
                    GONE,
                    DROPPED,
                    UNREACHABLE_INACTIVE,
                    UNREACHABLE,
                    KILLING,
                    UNKNOWN,
                    PROVISIONED,
                    SCHEDULED,
                    FINISHED,
                    KILLED -> {}
        }
    }

    private void delay(PodState pod, String configHash, LaunchDelay delay) {
        pod.delays().put(configHash, delay);
        changes.put(new DelayChange(pod.id(), configHash, delay));
        world.launches().set(pod.id(), Optional.of(delay.deadline()));
        world.watchDelays(pod);
    }

    private void lift(PodState pod, String configHash) {
        if (pod.delays().remove(configHash) != null) {
            changes.put(new DelayChange(pod.id(), configHash, null));
            world.launches().set(pod.id(), Optional.of(now));
            world.watchDelays(pod);
        }
    }

    /** Delays that nothing has added to for so long that they are forgiven are not kept any longer. */
    void timePassed() {
        for (PodId id : world.amnesties().due(now, AT_ONCE)) {
            world.pod(id).ifPresent(pod -> {
                pod.delays().entrySet().removeIf(delay -> {
                    boolean forgiven = delay.getValue().isForgiven(pod.backoff(delay.getKey()), now);
                    if (forgiven) {
                        changes.put(new DelayChange(pod.id(), delay.getKey(), null));
                    }
                    return forgiven;
                });
                world.watchDelays(pod);
            });
        }
    }

    /** They count no longer. */
    void forgiven(PodState pod) {
        pod.delays().keySet().forEach(hash -> changes.put(new DelayChange(pod.id(), hash, null)));
        pod.delays().clear();
        world.launches().set(pod.id(), Optional.empty());
        world.watchDelays(pod);
    }
}
