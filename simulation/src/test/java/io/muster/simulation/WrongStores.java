package io.muster.simulation;

import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.EngineStore;
import io.muster.deploy.engine.Forgery;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
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
