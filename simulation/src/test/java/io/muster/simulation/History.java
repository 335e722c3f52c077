package io.muster.simulation;

import io.muster.deploy.engine.EngineSettings;
import io.muster.deploy.model.InstanceInput.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One history: everything in it follows from its seed. */
final class History {

    /** Longer than the longest pause of anybody, twice. */
    private static final Duration LONGEST_SETTLING = Duration.ofMinutes(45);

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final long seed;
    private final Supplier<Parts> parts;

    History(long seed, Supplier<Parts> parts) {
        this.seed = seed;
        this.parts = parts;
    }

    /**
     * How it went.
     *
     * @param failure what must not have happened, with the last of what happened before; empty if all was well
     * @param hash equal for two runs in which the same happened
     */
    record Outcome(long seed, Optional<String> failure, long hash, Coverage coverage) {}

    Outcome run() {
        Dice dice = new Dice(seed);
        Stage stage = new Stage(dice);
        Optional<String> failure;
        try {
            failure = play(stage);
        } catch (Violation violation) {
            failure = Optional.of(String.valueOf(violation.getMessage()));
        }
        return new Outcome(
                seed,
                failure.map(what -> "seed " + seed + ": " + what + "\n" + stage.trace.lastLines()),
                stage.trace.hash(),
                stage.coverage);
    }

    private Optional<String> play(Stage stage) {
        Dice dice = stage.dice;
        Throne throne = new Throne(stage, parts.get(), settings(dice));
        Users users = new Users(stage, () -> {
            // Another replica may have accepted it, which cannot ring.
            if (!dice.oneIn(4)) {
                throne.leader().wake();
            }
        });
        Troubles troubles = new Troubles(stage, throne);
        Instant begin = stage.now();
        throne.begin();
        int pace = dice.between(3, 40);
        int restlessness = dice.between(5, 60);
        Instant end = begin.plus(dice.seconds(60, 600));
        again(stage, end, restlessness, users::act);
        again(stage, end, pace, () -> troubles.happen(dice.oneOf(Fault.values())));
        stage.loop.pass(Duration.between(begin, end));

        stage.trace.note("quiet");
        troubles.end();
        Settled settled = new Settled(stage);
        Instant quiet = stage.now();
        List<String> differences = settled.differences();
        while (!differences.isEmpty()) {
            if (Duration.between(quiet, stage.now()).compareTo(LONGEST_SETTLING) > 0) {
                return Optional.of("does not settle: " + String.join("; ", differences));
            }
            users.waitForNothing();
            stage.loop.pass(LOOK);
            differences = settled.differences();
        }
        stage.coverage.ended(seed, Duration.between(begin, stage.now()), Duration.between(quiet, stage.now()));
        return Optional.empty();
    }

    /** Until the end, with pauses of so many seconds in the mean. */
    private static void again(Stage stage, Instant end, int seconds, Runnable what) {
        stage.loop.schedule(stage.dice.millis(0, 2_000 * seconds), () -> {
            if (stage.now().isBefore(end)) {
                what.run();
                again(stage, end, seconds, what);
            }
        });
    }

    private static EngineSettings settings(Dice dice) {
        return new EngineSettings(
                10_000,
                dice.oneOf(1, 3, 1_000),
                dice.oneOf(1, 2, 1_000),
                dice.oneOf(1, 3, 100),
                dice.oneOf(0, 0, 2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(dice.between(1, 4)),
                new Patience(Duration.ofSeconds(dice.between(5, 30)), Duration.ofMinutes(2), Duration.ofMinutes(5)),
                Optional.of(Duration.ofSeconds(dice.between(0, 120))),
                Duration.ofSeconds(20));
    }
}
