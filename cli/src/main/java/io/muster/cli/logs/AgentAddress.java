package io.muster.cli.logs;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where an agent is.
 *
 * @param base scheme, host and port
 * @param process the name of the agent in its addresses, such as {@code slave(1)}
 */
record AgentAddress(URI base, String process) {

    /**
     * Finds an agent in what a master says of its agents at {@code /slaves}. Agents are asked in the scheme of the master,
     * since it does not say theirs.
     *
     * @return empty if the master has no such agent, or says of it what cannot be an address
     */
    static Optional<AgentAddress> in(JsonNode slaves, String agentId, String scheme) {
        return slaves.path("slaves")
                .valueStream()
                .filter(slave -> slave.path("id").asString("").equals(agentId))
                .flatMap(slave -> parse(slave.path("pid").asString(""), scheme).stream())
                .findFirst();
    }

    /** Of the form {@code slave(1)@192.0.2.7:5051}. */
    private static Optional<AgentAddress> parse(String pid, String scheme) {
        int at = pid.indexOf('@');
        try {
            URI base = new URI(scheme + "://" + pid.substring(at + 1));
            return at > 0 && base.getHost() != null
                    ? Optional.of(new AgentAddress(base, pid.substring(0, at)))
                    : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
