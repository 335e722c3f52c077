package io.muster.deploy.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Mesos says of one task. Delivered at least once, in the order of each agent.
 *
 * @param agentId empty when the master does not know it
 * @param healthy present once a health check has reported
 * @param message cut to 10,000 characters
 * @param reason the name of the Mesos reason without {@code REASON_}; empty when unset
 * @param addresses IP addresses of the network namespace of the task, by network; empty unless reported
 * @param at when Mesos made the report
 * @param receipt to be acknowledged after the report is durable; empty for reports that must not be acknowledged
 */
public record StatusReport(
        TaskId task,
        Optional<String> agentId,
        TaskState state,
        Optional<Boolean> healthy,
        Optional<String> message,
        Optional<String> reason,
        List<NetworkAddresses> addresses,
        Instant at,
        Optional<Receipt> receipt) {

    public StatusReport {
        addresses = List.copyOf(addresses);
    }

    /** Whether the task ends because its agent is being emptied, which says nothing against the task. */
    public boolean isOfDraining() {
        return reason.equals(Optional.of("AGENT_DRAINING"));
    }

    /**
     * Names one report to the agent that waits for its acknowledgement.
     *
     * @param uuid opaque, as Mesos sent it, in base64
     */
    public record Receipt(String agentId, TaskId task, String uuid) {}

    /**
     * The addresses a task has on one network.
     *
     * @param network empty for the network of the host
     */
    public record NetworkAddresses(Optional<String> network, List<String> addresses) {
        public NetworkAddresses {
            addresses = List.copyOf(addresses);
        }
    }
}
