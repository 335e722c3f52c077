package io.muster.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.cluster.Clusters;
import io.muster.localmesos.LocalMesos;
import io.muster.mesos.MesosCluster;
import io.muster.mesos.MesosSettings;
import io.muster.mesos.matching.MatchPolicy;
import io.muster.mesos.transport.HttpTransport;
import io.muster.mesos.transport.HttpTransportSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to Mesos: that of the operator, or the local one. */
@Configuration(proxyBeanMethods = false)
class ClusterWiring {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWiring.class);

    /** A Mesos in the same process may be asked more often than one that others share. */
    private static final Duration LOCAL_REVIVE_INTERVAL = Duration.ofMillis(200);

    @Bean
    MesosSettings mesosSettings(MusterProperties properties, Optional<LocalMesos> local) {
        MusterProperties.Mesos mesos = properties.mesos();
        List<String> masters =
                local.map(running -> List.of(running.masterUri().toString())).orElse(mesos.master());
        MesosSettings usual = MesosSettings.of(
                masters,
                Optional.ofNullable(mesos.user()).orElseGet(() -> System.getProperty("user.name")),
                hostname());
        return new MesosSettings(
                masters,
                usual.user(),
                mesos.frameworkName(),
                mesos.role(),
                usual.hostname(),
                usual.webuiUrl(),
                mesos.failoverTimeout(),
                usual.refuseDuration(),
                local.isPresent() ? LOCAL_REVIVE_INTERVAL : mesos.minReviveInterval(),
                usual.reviveRepetitions(),
                usual.heldOffers(),
                mesos.offerLifetime(),
                new MatchPolicy(
                        mesos.instancesPerOffer(),
                        mesos.placement(),
                        mesos.gpuSchedulingBehavior(),
                        mesos.maintenanceMode(),
                        mesos.draining()),
                mesos.gpuResources(),
                mesos.bridgeNetwork(),
                mesos.envVarsPrefix());
    }

    @Bean
    Clusters clusters(MesosSettings settings, MeterRegistry meters) {
        LOG.info("Mesos: {}", settings.masters());
        HttpTransportSettings http = HttpTransportSettings.of(settings.masterAddresses(), settings.failoverTimeout());
        return () -> new MesosCluster(
                settings,
                new HttpTransport(http, Clock.systemUTC(), RandomGenerator.getDefault()),
                Clock.systemUTC(),
                RandomGenerator.getDefault(),
                meters);
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }
}
