package io.muster.cli.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What is around the program.
 *
 * @param in what {@code -} reads instead of a file
 * @param terminal whether a person looks at what is written; then one line is drawn again and again
 * @param clock for ages and time-outs
 */
public record World(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        Path home,
        boolean terminal,
        InstantSource clock,
        Pauses pauses,
        Interrupts interrupts) {

    public World {
        environment = Map.copyOf(environment);
    }
}
