package io.muster.benchmarks;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.localmesos.cluster.AgentSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.mesos.v1.Protos.AgentID;
import org.springframework.util.FileSystemUtils;

/**
 * A Mesos whose agents and containers only pretend, in a process of its own, so that who is measured pays for the real
 * wire. Says its address, and then obeys what it reads: {@code partition N} cuts the first N agents off, {@code reconnect}
 * brings them back. It ends with its input.
 */
public final class SimulatedCluster {

    /** How long an agent may be silent; a real master waits for 75 s. */
    private static final Duration AGENT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration ALLOCATION = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private SimulatedCluster() {}

    /** Takes how many agents there are, and the cpus and MiB of memory of each. */
    public static void main(String[] arguments) throws IOException {
        // As in the application: see MusterApplication.
        System.setProperty("com.google.protobuf.use_unsafe_pre22_gencode", "true");
        int agents = Integer.parseInt(arguments[0]);
        double cpus = Double.parseDouble(arguments[1]);
        double mem = Double.parseDouble(arguments[2]);
        List<AgentSpec> specs = IntStream.range(0, agents)
                .mapToObj(agent -> AgentSpec.of("agent-" + agent, cpus, mem, 1_000_000))
                .toList();
        Path directory = Files.createTempDirectory("muster-benchmark-mesos");
        try (var mesos = LocalMesos.startScripted(LocalMesosSettings.in(directory)
                        .withAgents(specs)
                        .withIntervals(ALLOCATION, HEARTBEAT)
                        .withAgentTimeout(AGENT_TIMEOUT));
                var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(mesos.masterUri());
            List<AgentID> cut = List.of();
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                List<String> words = List.of(order.split(" ", 2));
                switch (words.getFirst()) {
                    case "partition" -> cut = partition(mesos, Integer.parseInt(words.getLast()));
                    case "reconnect" -> reconnect(mesos, cut);
                    default -> throw new IllegalArgumentException("no order: " + order);
                }
                System.out.println("done");
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static List<AgentID> partition(LocalMesos mesos, int number) {
        return mesos.ask(cluster -> {
            List<AgentID> first = cluster.agents().stream().limit(number).toList();
            first.forEach(cluster::partition);
            return first;
        });
    }

    private static void reconnect(LocalMesos mesos, List<AgentID> agents) {
        mesos.control(cluster -> agents.forEach(cluster::reconnect));
    }
}
