package io.muster.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** A tenth of the agents is cut off, all that ran there is replaced, and then they come back. */
final class LostAgents implements Scenario {

    private static final String ID = "/scale/lost";
    private static final int OF_ALL = 10;

    @Override
    public void run(Installation installation, int size, Report report)
            throws IOException, SQLException, InterruptedException {
        installation.send("POST", "/v2/pods", definition(size), 201);
        installation.awaitNoDeployment();
        int cut = installation.agents() / OF_ALL;
        String there = Installation.running(ID) + " and agent_hostname in (select 'agent-' || generate_series(0, "
                + (cut - 1) + "))";
        long lost = installation.number(there);
        if (lost == 0) {
            throw new IllegalStateException(
                    "nothing runs on the agents that would be cut off: there must be an instance for each agent");
        }
        Consumption before = installation.consumption();
        installation.order("partition " + cut);
        installation.await(there, 0);
        installation.await(Installation.running(ID), size);
        report.work(
                installation, "lost agents", lost, installation.consumption().minus(before), Map.of());

        before = installation.consumption();
        installation.order("reconnect");
        // All that came back is one too many.
        installation.await(Installation.instances(ID), size);
        installation.check(Installation.running(ID), size);
        report.work(
                installation, "agents return", lost, installation.consumption().minus(before), Map.of());
    }

    private static String definition(int instances) {
        return Definitions.sleeping(ID, instances)
                .replaceFirst(
                        "\\{",
                        "{\"scheduling\":{\"unreachableStrategy\":"
                                + "{\"inactiveAfterSeconds\":1,\"expungeAfterSeconds\":3600}},");
    }
}
