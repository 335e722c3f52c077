package io.muster.pods;

import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods.Burial;
import io.muster.pods.Pods.Exposure;
import io.muster.pods.Rollouts.Change.Create;
import io.muster.pods.Rollouts.Change.Delete;
import io.muster.pods.Rollouts.Change.Nothing;
import io.muster.pods.Rollouts.Change.Restart;
import io.muster.pods.Rollouts.Change.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps deployments in memory, one a pod, until a test says that they are complete. */
public final class FakeRollouts implements Rollouts {

    private record Running(UUID deployment, Change change) {}

    private final Map<PodId, Running> running = new ConcurrentHashMap<>();
    private final Set<VersionKey> instances = ConcurrentHashMap.newKeySet();
    private final List<Change> submitted = new ArrayList<>();
    private final ObjectProvider<Pods> pods;
    private final TransactionTemplate transaction;
    private Consumer<Change> hook = change -> {};

    FakeRollouts(ObjectProvider<Pods> pods, TransactionTemplate transaction) {
        this.pods = pods;
        this.transaction = transaction;
    }

    /** What is done with every change first, in its transaction. */
    public synchronized void beforeSubmitting(Consumer<Change> hook) {
        this.hook = hook;
    }

    @Override
    public synchronized UUID submit(Change change, Instructions instructions) {
        hook.accept(change);
        UUID deployment = UUID.randomUUID();
        Running before = running.get(change.id());
        if (!(change instanceof Nothing)) {
            if (before != null && !instructions.force()) {
                throw new PodLockedException(holder(before));
            }
            running.put(change.id(), new Running(deployment, change));
        }
        submitted.add(change);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED
                        && running.remove(change.id(), new Running(deployment, change))
                        && before != null) {
                    running.put(change.id(), before);
                }
            }
        });
        return deployment;
    }

    @Override
    public Optional<Holder> holder(PodId id) {
        return Optional.ofNullable(running.get(id)).map(FakeRollouts::holder);
    }

    @Override
    public List<Holder> holders(Collection<PodId> ids) {
        return ids.stream().flatMap(id -> holder(id).stream()).toList();
    }

    private static Holder holder(Running running) {
        return new Holder(running.deployment(), running.deployment(), Duration.ofMinutes(3), Optional.of("alice"));
    }

    /** Instances that a test wants there to be. */
    public void runs(PodId id, Version version) {
        instances.add(new VersionKey(id, version));
    }

    @Override
    public boolean hasInstances(PodId id, Version version) {
        return instances.contains(new VersionKey(id, version));
    }

    @Override
    public Plan plan(UUID deployment) {
        return new Plan(List.of("Fake"), 1, 2, 3, 4);
    }

    public synchronized Change lastSubmitted() {
        return submitted.getLast();
    }

    /** The running deployment of the pod has done its work. */
    public void complete(PodId id) {
        Running done = Objects.requireNonNull(running.remove(id));
        transaction.executeWithoutResult(status -> {
            switch (done.change()) {
                case Create(VersionedPod target) -> expose(target, done.deployment());
                case Update(var exposed, VersionedPod target) -> expose(target, done.deployment());
                case Restart(var exposed, VersionedPod target) -> expose(target, done.deployment());
                case Delete delete -> pods.getObject().bury(List.of(new Burial(id, done.deployment())));
                case Nothing nothing -> {}
            }
        });
    }

    private void expose(VersionedPod target, UUID deployment) {
        pods.getObject().expose(List.of(new Exposure(target.id(), target.version(), deployment)));
    }
}
