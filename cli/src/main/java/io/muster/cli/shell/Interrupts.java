package io.muster.cli.shell;

/** Ctrl-C, and other ways in which somebody ends this program. */
@FunctionalInterface
public interface Interrupts {

    /** Does this if the program is ended before the answer is closed. */
    Watched on(Runnable lastWords);

    /** Ends the watch. */
    @FunctionalInterface
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }
}
