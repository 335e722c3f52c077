package io.muster.platform;

import io.muster.mesos.MesosSettings;
import io.muster.mesos.transport.ConnectionWatch;
import io.muster.mesos.transport.jni.NativeMaster;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * How this process speaks with Mesos, and whether it is subscribed. It is well in any case: only the leader subscribes,
 * and a cluster without a master is not healed by a restart of Muster.
 */
@Component("mesosHealthIndicator")
class MesosHealth implements HealthIndicator {

    private final MesosSettings settings;
    private final MusterProperties properties;
    private final TransportChoice choice;
    private final ConnectionWatch watch;

    MesosHealth(MesosSettings settings, MusterProperties properties, TransportChoice choice, ConnectionWatch watch) {
        this.settings = settings;
        this.properties = properties;
        this.choice = choice;
        this.watch = watch;
    }

    @Override
    public Health health() {
        ConnectionWatch.State state = watch.state();
        Health.Builder health =
                Health.up().withDetail("subscribed", state.subscribed()).withDetail("transport", choice.name());
        switch (choice) {
            case TransportChoice.Http _ ->
                health.withDetail(
                        "masters",
                        settings.masters().stream().map(NativeMaster::redacted).toList());
            case TransportChoice.Jni jni ->
                health.withDetail("api", properties.mesos().jniApi().name().toLowerCase(Locale.ROOT))
                        .withDetail("masters", jni.master().toString());
        }
        health.withDetail("because", choice.because());
        state.lastLoss().ifPresent(reason -> health.withDetail("lastLoss", reason));
        return health.build();
    }
}
