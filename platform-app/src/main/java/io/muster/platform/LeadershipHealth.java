package io.muster.platform;

import io.muster.deploy.leadership.Leadership;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this process leads, and whether Mesos will have it. A follower is well. */
@Component
class LeadershipHealth implements HealthIndicator {

    private final Leadership leadership;

    LeadershipHealth(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public Health health() {
        Optional<String> refusal = leadership.refusal();
        Health.Builder health =
                refusal.isPresent() ? Health.down().withDetail("refusedByMesos", refusal.get()) : Health.up();
        return health.withDetail("leading", leadership.isLeading()).build();
    }
}
