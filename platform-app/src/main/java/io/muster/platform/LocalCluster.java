package io.muster.platform;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesos.AgentResources;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Mesos of our own, where {@code muster.mesos.master} names none: pods run as processes of this machine. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "muster.mesos.master", matchIfMissing = true, havingValue = "local")
class LocalCluster {

    private static final int FIRST_PORT = 31_000;
    private static final int LAST_PORT = 32_000;

    @Bean
    LocalMesos localMesos(MusterProperties properties) {
        MusterProperties.LocalMesos local = properties.localMesos();
        AgentResources each = new AgentResources(
                local.cpus(), local.mem().toMegabytes(), local.disk().toMegabytes(), FIRST_PORT, LAST_PORT);
        return LocalMesos.start(LocalMesos.Settings.in(
                        properties.dataDirectory().toAbsolutePath().resolve("mesos"))
                .withPort(local.port())
                .withAgents(local.agents(), each));
    }
}
