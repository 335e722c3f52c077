package io.muster.localmesos.master;

import org.apache.mesos.v1.Protos.Address;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.URL;

/** Where an agent would be, if it listened. */
final class AgentUrls {
    private static final int DEFAULT_PORT = 5051;

    private AgentUrls() {}

    static URL of(AgentInfo agent) {
        return URL.newBuilder()
                .setScheme("http")
                .setAddress(Address.newBuilder()
                        .setHostname(agent.getHostname())
                        .setIp("127.0.0.1")
                        .setPort(agent.hasPort() ? agent.getPort() : DEFAULT_PORT))
                .setPath("/slave(1)")
                .build();
    }
}
