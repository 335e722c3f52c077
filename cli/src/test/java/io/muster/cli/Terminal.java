package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.muster.cli.shell.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody who types commands. Time passes only while the client waits. */
final class Terminal {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Duration> pauses = new ArrayList<>();
    private boolean person;
    private boolean interrupts;
    private String in = "";

    Terminal(Path home) {
        this.home = home;
    }

    Terminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Terminal typing(String text) {
        in = text;
        return this;
    }

    /** A person looks at the output. */
    Terminal watched() {
        person = true;
        return this;
    }

    /** Ctrl-C is pressed as soon as something is waited for. */
    Terminal interrupting() {
        interrupts = true;
        return this;
    }

    /** Runs a command; its words are separated by blanks. */
    int run(String command) {
        return run(command.split(" ", -1));
    }

    int run(String... words) {
        out.reset();
        err.reset();
        return Main.run(world(), words);
    }

    World world() {
        return new World(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                environment,
                home,
                person,
                () -> BEGIN.plus(pauses.stream().reduce(Duration.ZERO, Duration::plus)),
                pauses::add,
                lastWords -> {
                    if (interrupts) {
                        lastWords.run();
                    }
                    return () -> {};
                });
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    List<Duration> pauses() {
        return pauses;
    }
}
