package io.muster.platform;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.localmesos.LocalMesosSettings.AgentResources;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        return LocalMesos.start(LocalMesosSettings.in(
                        properties.dataDirectory().toAbsolutePath().resolve("mesos"))
                .withPort(local.port())
                .withAgents(local.agents(), each)
                .withAttributes(local.attributes().stream()
                        .map(LocalCluster::attributes)
                        .toList()));
    }

    /** Whether this is what {@code muster.mesos.master} asks for. */
    static boolean isWanted(@Nullable String master) {
        return master == null || master.equals("local");
    }

    /** In the form of the option {@code --attributes} of a Mesos agent; all values are texts here. */
    static Map<String, String> attributes(String ofOneAgent) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String attribute : ofOneAgent.split(";", -1)) {
            int colon = attribute.indexOf(':');
            if (colon > 0) {
                attributes.put(
                        attribute.substring(0, colon).strip(),
                        attribute.substring(colon + 1).strip());
            } else if (!attribute.isBlank()) {
                throw new IllegalArgumentException(
                        "muster.local-mesos.attributes: '" + attribute + "' is not of the form name:text");
            }
        }
        return attributes;
    }
}
