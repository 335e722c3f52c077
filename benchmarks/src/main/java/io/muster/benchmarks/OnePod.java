package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One pod from none to so many instances, while somebody reads: on a server that has just started, and again after two
 * times to warm up.
 */
final class OnePod implements Scenario {

    /** The one that is warm. */
    static final String NAME = "one pod";

    /** What ends the names of loads that are not yet of interest. */
    static final String WARMING_UP = "warming up";

    private static final String ID = "/scale/one";
    private static final int WARM_UPS = 2;

    @Override
    public void run(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        installation.send("POST", "/v2/pods", Definitions.sleeping(ID, 0), 201);
        installation.awaitNoDeployment();
        up(installation, size, report, NAME + ", cold");
        for (int time = 0; time < WARM_UPS; time++) {
            down(installation, size, report, NAME + ", to none, " + WARMING_UP);
            up(installation, size, report, NAME + ", " + WARMING_UP);
        }
        down(installation, size, report, NAME + ", to none");
        up(installation, size, report, NAME);
    }

    private static void up(Installation installation, int size, Report report, String scenario)
            throws IOException, SQLException, InterruptedException {
        Consumption before = installation.consumption();
        try (var reading = new Reading(installation.server().port, "/v2/pods" + ID)) {
            scale(installation, size);
            Consumption used = installation.consumption().minus(before);
            installation.check(Installation.running(ID), size);
            Map<String, Number> more = new LinkedHashMap<>(installation.timesToReady(ID));
            more.putAll(reading.numbers());
            report.work(installation, scenario, size, used, more);
        }
    }

    private static void down(Installation installation, int size, Report report, String scenario)
            throws IOException, SQLException, InterruptedException {
        Consumption before = installation.consumption();
        scale(installation, 0);
        Consumption used = installation.consumption().minus(before);
        installation.check(Installation.instances(ID), 0);
        report.work(installation, scenario, size, used, Map.of());
    }

    private static void scale(Installation installation, int instances)
            throws IOException, SQLException, InterruptedException {
        installation.send("PUT", "/v2/pods" + ID, Definitions.sleeping(ID, instances), 200);
        installation.awaitNoDeployment();
    }
}
