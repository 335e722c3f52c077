package io.muster.deploy.application;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.engine.EngineBell;
import io.muster.deploy.model.Orphan;
import io.muster.deploy.persistence.OrphanRows;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows orphans, and takes wishes for their end in, on any replica. */
@Service
public class Orphans {

    private final OrphanRows rows;
    private final EngineBell bell;
    private final InstantSource clock;

    Orphans(OrphanRows rows, EngineBell bell, InstantSource clock) {
        this.rows = rows;
        this.bell = bell;
        this.clock = clock;
    }

    /** As of the last word of Mesos, ordered by task id; no more than the engine keeps. */
    @Transactional(readOnly = true)
    public List<Orphan> all() {
        return rows.all();
    }

    /** Asks for the end of an orphan. Returns it with this wish; empty if there is none of that id. */
    @Transactional
    public Optional<Orphan> kill(TaskId task, Optional<String> who) {
        // No text of PostgreSQL has this character.
        if (task.text().indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Optional<Orphan> asked = rows.ask(task, clock.instant(), who.orElse(""));
        bell.ringAfterCommit();
        return asked;
    }
}
