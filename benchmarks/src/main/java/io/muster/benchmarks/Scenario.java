package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;

/** A load on a whole installation that checks its end by itself and reports what it took. */
interface Scenario {

    /** Processors of each agent where the size does not matter: room for a thousand instances and more. */
    double ROOMY = 64;

    /**
     * Runs once, and leaves its pods behind.
     *
     * @param size how many instances
     * @throws IllegalStateException if the end is not as it must be
     */
    void run(Installation installation, int size, Report report) throws IOException, SQLException, InterruptedException;

    /** Processors of each agent that it needs. */
    default double cpus(int size, int agents) {
        return ROOMY;
    }
}
