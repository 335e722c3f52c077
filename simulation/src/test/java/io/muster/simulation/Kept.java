package io.muster.simulation;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.EngineStore;
import io.muster.deploy.model.KillRequest;
import io.muster.history.PodId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A store that keeps everything as it is told; a planted bug keeps something else. */
class Kept implements EngineStore {

    private final EngineStore real;

    Kept(EngineStore real) {
        this.real = real;
    }

    @Override
    public Snapshot load() {
        return real.load();
    }

    @Override
    public List<Submission> submitted() {
        return real.submitted();
    }

    @Override
    public List<KillRequest> requestedKills(int limit) {
        return real.requestedKills(limit);
    }

    @Override
    public List<PodId> delayResets() {
        return real.delayResets();
    }

    @Override
    public List<Notice> notices() {
        return real.notices();
    }

    @Override
    public Map<TaskId, Instant> unwantedOrphans() {
        return real.unwantedOrphans();
    }

    @Override
    public void commit(long epoch, Changes changes) {
        real.commit(epoch, changes);
    }
}
