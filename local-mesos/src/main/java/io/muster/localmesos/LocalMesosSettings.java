package io.muster.localmesos;

import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.cluster.Cluster;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.DomainInfo;

/** How a local Mesos looks. Immutable: each {@code with…} gives another one that differs in that alone. */
public final class LocalMesosSettings {

    private static final int KEPT_SANDBOXES = 50;

    private final Path workDirectory;
    private int port;
    private int agents = 1;
    private AgentResources resources = new AgentResources(8, 8192, 16_384, 31_000, 32_000);
    private Duration allocationInterval = Duration.ofSeconds(1);
    private Duration heartbeatInterval = Duration.ofSeconds(15);
    private List<Map<String, String>> attributes = List.of();
    /** If there are any, these are the agents, and neither number, resources nor attributes count. */
    private List<AgentSpec> ownAgents = List.of();

    private Optional<DomainInfo> masterDomain = Optional.empty();
    private Duration agentTimeout = Cluster.Settings.defaults().agentTimeout();

    private LocalMesosSettings(Path workDirectory) {
        this.workDirectory = workDirectory;
    }

    private LocalMesosSettings(LocalMesosSettings other) {
        workDirectory = other.workDirectory;
        port = other.port;
        agents = other.agents;
        resources = other.resources;
        allocationInterval = other.allocationInterval;
        heartbeatInterval = other.heartbeatInterval;
        attributes = other.attributes;
        ownAgents = other.ownAgents;
        masterDomain = other.masterDomain;
        agentTimeout = other.agentTimeout;
    }

    /**
     * What an agent offers; counted, not limited.
     *
     * @param cpus in cores
     * @param mem in MiB
     * @param disk in MiB
     * @param firstPort of the ports, which all agents of a cluster share evenly: all are this machine
     * @param lastPort of the ports, included
     */
    public record AgentResources(double cpus, double mem, double disk, int firstPort, int lastPort) {
        public AgentResources {
            if (firstPort < 1 || lastPort < firstPort || lastPort > 65_535) {
                throw new IllegalArgumentException("No range of ports: " + firstPort + "-" + lastPort);
            }
        }

        int ports() {
            return lastPort - firstPort + 1;
        }
    }

    /**
     * One agent with 8 cpus, 8 GiB of memory, 16 GiB of disk and ports 31000 to 32000; any port for the master.
     *
     * @param workDirectory for sandboxes and records; made if absent; used by one cluster at a time
     */
    public static LocalMesosSettings in(Path workDirectory) {
        return new LocalMesosSettings(workDirectory);
    }

    /** With the master on this port of 127.0.0.1; 0 for any free one. */
    public LocalMesosSettings withPort(int newPort) {
        return but(copy -> copy.port = newPort);
    }

    /** With this many agents of this size: at least one, and at most one for each port. */
    public LocalMesosSettings withAgents(int count, AgentResources each) {
        return but(copy -> {
            copy.agents = count;
            copy.resources = each;
        });
    }

    /** With exactly these agents. */
    public LocalMesosSettings withAgents(List<AgentSpec> specs) {
        return but(copy -> copy.ownAgents = List.copyOf(specs));
    }

    /** With these attributes of the first agents, each a text by name; the others have none. */
    public LocalMesosSettings withAttributes(List<Map<String, String>> ofAgents) {
        return but(copy -> copy.attributes = ofAgents.stream().map(Map::copyOf).toList());
    }

    /**
     * With these intervals.
     *
     * @param allocation how often free resources are offered, besides when they become free
     * @param heartbeat how often a subscription hears a HEARTBEAT
     */
    public LocalMesosSettings withIntervals(Duration allocation, Duration heartbeat) {
        return but(copy -> {
            copy.allocationInterval = allocation;
            copy.heartbeatInterval = heartbeat;
        });
    }

    /** With masters in this region and zone. */
    public LocalMesosSettings withMastersIn(String region, String zone) {
        return but(copy -> copy.masterDomain = Optional.of(AgentSpec.domain(region, zone)));
    }

    /** With agents whose tasks are unreachable when they are silent or away for this long. */
    public LocalMesosSettings withAgentTimeout(Duration timeout) {
        return but(copy -> copy.agentTimeout = timeout);
    }

    private LocalMesosSettings but(Consumer<LocalMesosSettings> change) {
        var copy = new LocalMesosSettings(this);
        change.accept(copy);
        copy.check();
        return copy;
    }

    private void check() {
        if (attributes.size() > agents) {
            throw new IllegalArgumentException("Attributes for " + attributes.size() + " of " + agents + " agents");
        }
        if (agents < 1 || agents > resources.ports()) {
            throw new IllegalArgumentException(agents + " agents cannot share the ports of " + resources);
        }
        if (!allocationInterval.isPositive() || !heartbeatInterval.isPositive()) {
            throw new IllegalArgumentException("Intervals must be positive");
        }
    }

    Path workDirectory() {
        return workDirectory;
    }

    int port() {
        return port;
    }

    /** For timestamps and filters; timers run on real time. */
    InstantSource clock() {
        return Clock.systemUTC();
    }

    /** How many directories of ended executors stay. */
    int keptSandboxes() {
        return KEPT_SANDBOXES;
    }

    Cluster.Settings behaviour() {
        return new Cluster.Settings(heartbeatInterval, allocationInterval, agentTimeout, Duration.ZERO, masterDomain);
    }

    /** Names below localhost are this machine as well (RFC 6761), and let pods tell the agents apart. */
    List<AgentSpec> agents() {
        if (!ownAgents.isEmpty()) {
            return ownAgents;
        }
        int ports = resources.ports() / agents;
        var specs = new ArrayList<AgentSpec>();
        for (int i = 0; i < agents; i++) {
            int first = resources.firstPort() + i * ports;
            String hostname = i == 0 ? "localhost" : "agent-" + i + ".localhost";
            AgentSpec spec = AgentSpec.of(hostname, resources.cpus(), resources.mem(), resources.disk())
                    .without("ports")
                    .with(AgentSpec.ports(first, first + ports - 1));
            if (i < attributes.size()) {
                for (var attribute : new TreeMap<>(attributes.get(i)).entrySet()) {
                    spec = spec.withText(attribute.getKey(), attribute.getValue());
                }
            }
            specs.add(spec);
        }
        return List.copyOf(specs);
    }
}
