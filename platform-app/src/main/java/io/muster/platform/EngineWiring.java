package io.muster.platform;

import io.muster.deploy.OrphanSettings;
import io.muster.deploy.engine.EngineSettings;
import io.muster.deploy.leadership.LeadershipSettings;
import io.muster.deploy.model.InstanceInput.Patience;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings, the clock and the ids of the engine. */
@Configuration(proxyBeanMethods = false)
class EngineWiring {

    /** One engine takes up where the process before it stopped: with the data, the name stays as well. */
    private static final String EMBEDDED_NODE = "embedded";

    @Bean
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }

    @Bean
    EngineSettings engineSettings(MusterProperties properties, OrphanSettings orphans) {
        MusterProperties.Engine engine = properties.engine();
        return new EngineSettings(
                engine.mailbox(),
                engine.batch(),
                EngineSettings.defaults().requests(),
                engine.killsAtOnce(),
                engine.launchTokens(),
                engine.launchTokenRefresh(),
                engine.poll(),
                new Patience(engine.killRetry(), engine.launchConfirmTimeout(), engine.launchTimeout()),
                orphans.patience(),
                properties.mesos().reservationTimeout());
    }

    @Bean
    LeadershipSettings leadershipSettings(
            MusterProperties properties, Optional<EmbeddedDatabase> embedded, AdvertisedAddress address) {
        String node = Optional.ofNullable(properties.nodeId())
                .orElseGet(() ->
                        embedded.isPresent() ? EMBEDDED_NODE : UUID.randomUUID().toString());
        MusterProperties.Leadership leadership = properties.leadership();
        return new LeadershipSettings(node, address::text, leadership.ttl(), leadership.margin(), leadership.poll());
    }
}
