package io.muster.simulation;

import io.muster.deploy.engine.EngineSettings;
import java.time.Duration;

/** Who leads: one process after another, each elected with the next epoch. */
final class Throne {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Stage stage;
    private final Parts parts;
    private final EngineSettings settings;
    private Leader leader;
    private boolean electing;

    Throne(Stage stage, Parts parts, EngineSettings settings) {
        this.stage = stage;
        this.parts = parts;
        this.settings = settings;
        leader = elected();
    }

    /** The first one begins, and from now on another follows on each that is gone. */
    void begin() {
        leader.begin();
        watch();
    }

    private Leader elected() {
        stage.epoch = stage.journal.electAnother();
        return new Leader(stage, parts, settings, stage.epoch);
    }

    private void watch() {
        stage.loop.schedule(LOOK, () -> {
            if (leader.isDead() && !electing) {
                electing = true;
                stage.loop.schedule(stage.dice.millis(0, stage.troubled ? 20_000 : 1_000), () -> {
                    electing = false;
                    leader = elected();
                    leader.begin();
                });
            }
            watch();
        });
    }

    /** The lease of the leader is over without its knowing; another process is elected meanwhile. */
    void usurp() {
        Leader old = leader;
        old.losePermit();
        stage.loop.schedule(stage.dice.millis(0, 3_000), () -> {
            if (old.equals(leader)) {
                leader = elected();
                leader.begin();
            }
        });
    }

    Leader leader() {
        return leader;
    }
}
