package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Many instances run: what it costs when nothing happens, and how long a restart takes. */
final class ManyRunning implements Scenario {

    private static final String GROUP = "/scale/running";
    private static final String LATER = "/scale/later";
    private static final int INSTANCES = 10;

    private final Duration quiet;

    /** Looks for so long while nothing happens. */
    ManyRunning(Duration quiet) {
        this.quiet = quiet;
    }

    @Override
    public void run(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        ManyPods.create(installation, GROUP, size / INSTANCES);
        installation.awaitNoDeployment();
        installation.check(Installation.running(GROUP), size);
        Consumption before = installation.consumption();
        TimeUnit.NANOSECONDS.sleep(quiet.toNanos());
        Consumption idle = installation.consumption().minus(before);
        report.rest(installation, "nothing happens", size, idle);
        restart(installation, size, report);
    }

    /** It works again when it has reconciled what runs, and launched something new. */
    private static void restart(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        long begin = System.nanoTime();
        installation.restartServer();
        double serves = (System.nanoTime() - begin) / 1e9;
        installation.send("POST", "/v2/pods", Definitions.sleeping(LATER, 1), 201);
        installation.await(Installation.running(LATER), 1);
        double works = (System.nanoTime() - begin) / 1e9;
        installation.check(Installation.running(GROUP), size);
        Map<String, Number> numbers = new LinkedHashMap<>();
        numbers.put("servesAfterSeconds", serves);
        numbers.put("seconds", works);
        report.add(installation, "restart", size, numbers);
    }
}
