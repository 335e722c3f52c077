package io.muster.simulation;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.EngineStore;
import io.muster.deploy.model.KillRequest;
import io.muster.history.PodId;
import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The journal as one leader reaches it: it may fail, or the process may die, before a commit and after it. */
final class Store implements EngineStore {

    /** The database cannot be reached, or did not answer. */
    static final class Unavailable extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        Unavailable(String what) {
            super(what);
        }
    }

    private final Stage stage;
    private final Leader leader;
    private final CommitRules rules;
    private Fate fate = Fate.GOOD;
    private int failingLoads;

    /** What becomes of the next commit. */
    enum Fate {
        GOOD,
        FAILS,
        IN_DOUBT,
        CRASH_BEFORE,
        CRASH_AFTER
    }

    Store(Stage stage, Leader leader) {
        this.stage = stage;
        this.leader = leader;
        this.rules = new CommitRules(stage, leader.epoch());
    }

    void next(Fate planned) {
        fate = planned;
    }

    void failLoads(int times) {
        failingLoads = times;
    }

    /** Nothing that was planned happens any more. */
    void heal() {
        fate = Fate.GOOD;
        failingLoads = 0;
    }

    @Override
    public Snapshot load() {
        if (failingLoads > 0) {
            failingLoads--;
            stage.coverage.count(Fault.LOADS_FAIL);
            throw new Unavailable("cannot load");
        }
        Snapshot snapshot = stage.journal.load();
        rules.loaded(snapshot);
        return snapshot;
    }

    @Override
    public List<Submission> submitted() {
        List<Submission> submitted = stage.journal.submitted();
        rules.offered(submitted);
        return submitted;
    }

    @Override
    public List<KillRequest> requestedKills(int limit) {
        return stage.journal.requestedKills(limit);
    }

    @Override
    public List<PodId> delayResets() {
        return stage.journal.delayResets();
    }

    @Override
    public List<Notice> notices() {
        List<Notice> notices = stage.journal.notices();
        rules.noticed(notices);
        return notices;
    }

    @Override
    public Map<TaskId, Instant> unwantedOrphans() {
        return stage.journal.unwantedOrphans();
    }

    @Override
    public void commit(long epoch, Changes changes) {
        Fate now = fate;
        fate = Fate.GOOD;
        switch (now) {
            case GOOD -> store(epoch, changes);
            case FAILS -> {
                stage.coverage.count(Fault.COMMIT_FAILS);
                stage.trace.note("commit fails");
                throw new Unavailable("commit fails");
            }
            case IN_DOUBT -> {
                store(epoch, changes);
                stage.coverage.count(Fault.COMMIT_IN_DOUBT);
                stage.trace.note("commit in doubt");
                throw new Unavailable("commit in doubt");
            }
            case CRASH_BEFORE -> {
                stage.coverage.count(Fault.CRASH_BEFORE_COMMIT);
                leader.die("before its commit");
                throw new Leader.Crash("before its commit");
            }
            case CRASH_AFTER -> {
                store(epoch, changes);
                stage.coverage.count(Fault.CRASH_AFTER_COMMIT);
                leader.die("after its commit");
                throw new Leader.Crash("after its commit");
            }
        }
    }

    private void store(long epoch, Changes changes) {
        rules.before(changes);
        stage.journal.commit(epoch, changes);
        changes.givenUp().forEach(failed -> {
            stage.coverage.count(Action.GIVEN_UP);
            stage.wishes.undone(failed.deployment());
        });
        rules.after(changes);
    }
}
