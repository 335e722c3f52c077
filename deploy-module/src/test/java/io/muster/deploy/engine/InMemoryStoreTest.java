package io.muster.deploy.engine;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput;
import io.muster.deploy.model.DeploymentInput.CancelForced;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.DeploymentInput.ResumeAsked;
import io.muster.deploy.model.KillRequest;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.PodDefinition;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The store of the engine's tests and of the simulation. */
class InMemoryStoreTest extends EngineStoreContract {

    private final InMemoryStore store = new InMemoryStore();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long epoch = 1;

    @Override
    EngineStore store() {
        return store;
    }

    @Override
    long epoch() {
        return epoch;
    }

    @Override
    Users users() {
        now = now.plusSeconds(1);
        return new InMemory();
    }

    private final class InMemory implements Users {

        @Override
        public UUID create(PodDefinition definition) {
            return store.submit(Kind.CREATE, version(definition), now);
        }

        @Override
        public UUID replace(PodDefinition definition) {
            VersionedPod target = version(definition);
            return store.submit(store.changeTo(target), target, now);
        }

        private VersionedPod version(PodDefinition definition) {
            return new VersionedPod(
                    store.nextVersion(definition.id(), now), definition, "hash of " + definition.instances());
        }

        @Override
        public UUID delete(PodId pod) {
            VersionedPod shown = store.exposed(pod).or(() -> store.target(pod)).orElseThrow();
            return store.submit(Kind.DELETE, shown, now);
        }

        @Override
        public UUID undo(UUID deployment) {
            return store.undo(deployment, now);
        }

        @Override
        public void pause(UUID deployment) {
            intervene(deployment, new PauseAsked("for a test"));
        }

        @Override
        public void resume(UUID deployment) {
            intervene(deployment, new ResumeAsked());
        }

        @Override
        public void cancel(UUID deployment) {
            intervene(deployment, new CancelForced());
        }

        private void intervene(UUID deployment, DeploymentInput input) {
            store.intervene(deployment, input, now);
        }

        @Override
        public void kill(InstanceId instance) {
            store.ask(new KillRequest(WEB, instance, false, now, null));
        }

        @Override
        public void resetDelay(PodId pod) {
            store.resetDelay(pod);
        }

        @Override
        public void endOrphan(TaskId orphan) {
            store.ask(orphan, now);
        }

        @Override
        public Optional<Deployment> deployment(UUID id) {
            return store.deployment(id);
        }

        @Override
        public long elect() {
            epoch = store.electAnother();
            return epoch;
        }
    }
}
