package io.muster.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.cluster.Clusters;
import io.muster.localmesos.LocalMesos;
import io.muster.mesos.MesosCluster;
import io.muster.mesos.MesosSettings;
import io.muster.mesos.matching.MatchPolicy;
import io.muster.mesos.transport.ConnectionWatch;
import io.muster.mesos.transport.HttpTransport;
import io.muster.mesos.transport.HttpTransportSettings;
import io.muster.mesos.transport.Transport;
import io.muster.mesos.transport.jni.JniTransport;
import io.muster.mesos.transport.jni.JniTransportSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to Mesos: that of the operator, or the local one. */
@Configuration(proxyBeanMethods = false)
class ClusterWiring {

    /** A Mesos in the same process may be asked more often than one that others share. */
    private static final Duration LOCAL_REVIVE_INTERVAL = Duration.ofMillis(200);

    @Bean
    MesosSettings mesosSettings(MusterProperties properties, Optional<LocalMesos> local) {
        return named(() -> settings(properties.mesos(), local));
    }

    private static MesosSettings settings(MusterProperties.Mesos mesos, Optional<LocalMesos> local) {
        List<String> masters =
                local.map(running -> List.of(running.masterUri().toString())).orElse(mesos.master());
        MesosSettings usual = MesosSettings.of(
                masters,
                Optional.ofNullable(mesos.user()).orElseGet(() -> System.getProperty("user.name")),
                AdvertisedAddress.hostname());
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
                mesos.envVarsPrefix(),
                Optional.ofNullable(mesos.principal()),
                Set.copyOf(mesos.defaultAcceptedResourceRoles()));
    }

    @Bean
    Clusters clusters(
            MesosSettings settings,
            MusterProperties properties,
            Optional<LocalMesos> local,
            TransportChoice choice,
            ConnectionWatch watch,
            MeterRegistry meters) {
        MusterProperties.Mesos mesos = properties.mesos();
        Supplier<Transport> transports = switch (choice) {
            case TransportChoice.Http _ when local.isPresent() -> http(open(settings));
            case TransportChoice.Http _ -> http(MasterAccess.secured(open(settings), mesos));
            case TransportChoice.Jni jni -> jni(settings, mesos, jni);
        };
        return () -> new MesosCluster(
                settings, watch.over(transports.get()), Clock.systemUTC(), RandomGenerator.getDefault(), meters);
    }

    private static HttpTransportSettings open(MesosSettings settings) {
        return named(() -> HttpTransportSettings.of(settings.masterAddresses(), settings.failoverTimeout()));
    }

    /** What is refused of settings is told by the names that operators know. */
    private static <T> T named(Supplier<T> settings) {
        try {
            return settings.get();
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException("muster.mesos." + unusable.getMessage(), unusable);
        }
    }

    private static Supplier<Transport> http(HttpTransportSettings http) {
        return () -> new HttpTransport(http, Clock.systemUTC(), RandomGenerator.getDefault());
    }

    private static Supplier<Transport> jni(
            MesosSettings settings, MusterProperties.Mesos mesos, TransportChoice.Jni choice) {
        JniTransportSettings jni = JniTransportSettings.of(
                mesos.jniApi(), choice.master(), MasterAccess.credential(mesos), settings.failoverTimeout());
        return () -> new JniTransport(jni, choice.library(), Clock.systemUTC(), RandomGenerator.getDefault());
    }
}
