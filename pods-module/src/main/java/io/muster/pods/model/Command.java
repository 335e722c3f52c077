package io.muster.pods.model;

import java.util.List;

/** What a container, or a health check, executes. */
public sealed interface Command {

    /** Run by {@code /bin/sh -c}. */
    record Shell(String shell) implements Command {}

    /**
     * Run without a shell.
     *
     * @param argv never empty
     */
    record Argv(List<String> argv) implements Command {
        public Argv {
            argv = List.copyOf(argv);
        }
    }
}
