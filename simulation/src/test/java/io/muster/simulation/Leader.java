package io.muster.simulation;

import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.engine.EngineSettings;
import io.muster.deploy.engine.FencedException;
import io.muster.deploy.engine.OvertakenException;
import io.muster.deploy.engine.SteppedEngine;
import io.muster.mesos.MesosSettings;
import io.muster.mesos.SteppedMesos;
import java.io.Serial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process in its term of leadership: steps its engine as the loop of the real one does, until it dies. */
final class Leader {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int MOST_STEPS_AT_ONCE = 1_000;
    private static final MesosSettings SETTINGS = MesosSettings.of(List.of("master:5050"), "root", "here");

    /** The process ends here and now. */
    static final class Crash extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where);
        }
    }

    private final Stage stage;
    private final Parts parts;
    private final EngineSettings settings;
    private final long epoch;
    private final Store store;
    private final Line line;
    private @Nullable SteppedEngine engine;
    private @Nullable Cluster cluster;
    private @Nullable Instant nextStep;
    private int effectsLeft;
    private boolean stepping;
    private boolean dead;
    private boolean permitted = true;
    private boolean reloading;
    private Duration pause = Duration.ZERO;
    private Instant lastStep = Instant.MIN;
    private int stepsAtOnce;

    Leader(Stage stage, Parts parts, EngineSettings settings, long epoch) {
        this.stage = stage;
        this.parts = parts;
        this.settings = settings;
        this.epoch = epoch;
        this.store = new Store(stage, this);
        this.line = new Line(stage, new CallRules(stage, this));
    }

    /** Loads what is stored; again and again until that works. */
    void begin() {
        if (dead) {
            return;
        }
        Clock clock = clockOf(stage);
        Cluster mesos = parts.cluster(SteppedMesos.over(
                line,
                SETTINGS,
                clock,
                stage.dice.another(),
                (delay, then) -> stage.loop.schedule(delay, () -> {
                    if (!dead) {
                        then.run();
                    }
                })));
        try {
            engine = new SteppedEngine(
                    parts.store(store), mesos, settings, parts.decisions(), stage.clock(), stage.dice::uuid, epoch);
        } catch (Store.Unavailable unavailable) {
            stage.loop.schedule(Duration.ofSeconds(1), this::begin);
            return;
        }
        cluster = mesos;
        if (engine.lacksFrameworkId()) {
            throw new Violation("tasks are stored, but not the framework they run under");
        }
        stage.trace.note("leader " + epoch + " begins");
        engine.start(() -> permitted && !dead, this::inputCame);
        stepIn(Duration.ZERO);
    }

    private static Clock clockOf(Stage stage) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return stage.now();
            }
        };
    }

    private void inputCame() {
        stepIn(stage.dice.millis(0, 20));
    }

    /** A change was accepted, and this process heard of it. */
    void wake() {
        if (engine != null && !dead) {
            engine.wake();
            inputCame();
        }
    }

    private void stepIn(Duration time) {
        Instant at = stage.now().plus(time);
        if (dead || reloading || (nextStep != null && !nextStep.isAfter(at))) {
            return;
        }
        nextStep = at;
        stage.loop.schedule(time, () -> {
            if (at.equals(nextStep)) {
                nextStep = null;
                step();
            }
        });
    }

    private void step() {
        SteppedEngine running = engine;
        if (dead || running == null) {
            return;
        }
        stage.coverage.step();
        demandRest();
        stepping = true;
        try {
            running.step();
            pause = Duration.ZERO;
        } catch (Crash crash) {
            die(String.valueOf(crash.getMessage()));
            return;
        } catch (FencedException fenced) {
            stop("fenced");
            return;
        } catch (OvertakenException overtaken) {
            stage.trace.note("overtaken");
            recover(Duration.ZERO);
            return;
        } catch (Store.Unavailable unavailable) {
            recover(longer());
            return;
        } catch (Violation violation) {
            throw violation;
        } catch (RuntimeException fault) {
            throw new Violation("a round failed: " + fault, fault);
        } finally {
            stepping = false;
        }
        if (running.dismissed().isPresent()) {
            stop(running.dismissed().get());
            return;
        }
        stepIn(running.idleTime());
    }

    /** An engine that always has something to do at once would keep its processor busy for nothing. */
    private void demandRest() {
        stepsAtOnce = stage.now().equals(lastStep) ? stepsAtOnce + 1 : 0;
        lastStep = stage.now();
        if (stepsAtOnce > MOST_STEPS_AT_ONCE) {
            throw new Violation("never rests: " + stepsAtOnce + " rounds without a pause");
        }
    }

    private Duration longer() {
        Duration next = pause.isZero() ? Duration.ofMillis(200) : pause.multipliedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
        return pause;
    }

    private void recover(Duration after) {
        reloading = true;
        stage.loop.schedule(after, () -> {
            SteppedEngine running = engine;
            if (dead || running == null) {
                return;
            }
            try {
                if (parts.reloads()) {
                    running.reload();
                }
            } catch (Store.Unavailable unavailable) {
                recover(longer());
                return;
            }
            reloading = false;
            stepIn(Duration.ZERO);
        });
    }

    /** Ends without a word. */
    void die(String how) {
        if (!dead) {
            dead = true;
            stage.trace.note("leader " + epoch + " dies " + how);
            line.close();
        }
    }

    private void stop(String why) {
        if (!dead) {
            dead = true;
            stage.trace.note("leader " + epoch + " steps down: " + why);
            if (cluster != null) {
                cluster.stop();
            }
        }
    }

    /** Its lease is over, and it does not know yet: it goes on, but nothing leaves it any more. */
    void losePermit() {
        permitted = false;
    }

    /** Something leaves the process. */
    void effect() {
        if (stepping && effectsLeft > 0 && --effectsLeft == 0) {
            stage.coverage.count(Fault.CRASH_AMID_EFFECTS);
            die("amid its effects");
            throw new Crash("amid its effects");
        }
    }

    /** It dies with its so manieth effect of the next round that has one. */
    void dieAmidEffects(int number) {
        effectsLeft = number;
    }

    boolean isDead() {
        return dead;
    }

    long epoch() {
        return epoch;
    }

    Line line() {
        return line;
    }

    Store store() {
        return store;
    }
}
