package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Five times as many instances wait as there is room for; and a pod that comes later still gets what becomes free. */
final class FullCluster implements Scenario {

    private static final String ID = "/scale/full";
    private static final String LATER = "/scale/late";
    private static final int WAITING_FOR_EACH = 5;

    /** Of one instance, its executor included. */
    private static final double CPUS = 0.02;

    private final Duration quiet;

    /** Looks for so long while all wait. */
    FullCluster(Duration quiet) {
        this.quiet = quiet;
    }

    @Override
    public double cpus(int size, int agents) {
        if (size % agents != 0) {
            throw new IllegalArgumentException("a full cluster needs a multiple of its " + agents + " agents");
        }
        return CPUS * size / agents;
    }

    @Override
    public void run(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        int waiting = WAITING_FOR_EACH * size;
        installation.send("POST", "/v2/pods", Definitions.sleeping(ID, size + waiting), 201);
        installation.await(Installation.running(ID), size);
        Consumption before = installation.consumption();
        TimeUnit.NANOSECONDS.sleep(quiet.toNanos());
        Consumption idle = installation.consumption().minus(before);
        installation.check(Installation.running(ID), size);
        report.rest(installation, "full cluster", waiting, idle);
        comesLater(installation, size, report);
    }

    private static void comesLater(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        installation.send("POST", "/v2/pods", Definitions.sleeping(LATER, 1), 201);
        Consumption before = installation.consumption();
        installation.send("PUT", "/v2/pods" + ID + "?force=true", Definitions.sleeping(ID, size / 2), 200);
        installation.awaitNoDeployment();
        Consumption used = installation.consumption().minus(before);
        installation.check(Installation.running(ID), size / 2);
        installation.check(Installation.running(LATER), 1);
        report.work(installation, "full cluster, half of it becomes free", size - size / 2, used, Map.of());
    }
}
