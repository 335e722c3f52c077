package io.muster.platform;

import io.muster.deploy.application.Terminations;
import io.muster.deploy.leadership.Leadership;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps what is known of ended instances within its retention. The leader does it, lest replicas do the same work. */
@Configuration(proxyBeanMethods = false)
class TerminationTrimming {

    private final Terminations terminations;
    private final Leadership leadership;

    TerminationTrimming(Terminations terminations, Leadership leadership) {
        this.terminations = terminations;
        this.leadership = leadership;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void trim() {
        if (leadership.isLeading()) {
            terminations.trim();
        }
    }
}
