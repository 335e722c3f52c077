package io.muster.platform;

import io.muster.deploy.engine.Dismissed;
import io.muster.deploy.leadership.Leadership;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether this process leads, and whether the framework can go on. A follower is well. */
@Component
class LeadershipHealth implements HealthIndicator {

    private final Leadership leadership;

    LeadershipHealth(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public Health health() {
        Optional<Dismissed> dismissed = leadership.dismissed();
        Health.Builder health = dismissed
                .map(end -> Health.down().withDetail("dismissed", end.why() + ": " + end.message()))
                .orElseGet(Health::up);
        return health.withDetail("leading", leadership.isLeading()).build();
    }
}
