package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** All instances of a pod are replaced by others, nine tenths of them at least being there at any time. */
final class RollingUpdate implements Scenario {

    private static final String ID = "/scale/rolled";
    private static final int TENTHS_TO_STAY = 9;

    @Override
    public void run(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        installation.send("POST", "/v2/pods", definition(size, "one"), 201);
        installation.awaitNoDeployment();
        Consumption before = installation.consumption();
        installation.send("PUT", "/v2/pods" + ID, definition(size, "two"), 200);
        long fewest = size;
        while (installation.deployments() > 0) {
            fewest = Math.min(fewest, installation.number(Installation.running(ID)));
            TimeUnit.MILLISECONDS.sleep(50);
        }
        Consumption used = installation.consumption().minus(before);
        installation.check(Installation.running(ID), size);
        installation.check("select count(distinct version) from instance where pod_id = '" + ID + "'", 1);
        if (10 * fewest < (long) TENTHS_TO_STAY * size) {
            throw new IllegalStateException("only " + fewest + " instances ran at one moment");
        }
        Map<String, Number> more = new LinkedHashMap<>();
        more.put("fewestRunning", fewest);
        more.putAll(installation.timesToReady(ID));
        report.work(installation, "rolling update", size, used, more);
    }

    private static String definition(int instances, String release) {
        return Definitions.sleeping(ID, instances)
                .replaceFirst(
                        "\\{",
                        "{\"environment\":{\"RELEASE\":\"" + release + "\"},"
                                + "\"scheduling\":{\"upgrade\":{\"minimumHealthCapacity\":0." + TENTHS_TO_STAY
                                + ",\"maximumOverCapacity\":0.1}},");
    }
}
