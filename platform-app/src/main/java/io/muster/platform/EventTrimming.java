package io.muster.platform;

import io.muster.events.Outbox;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the outbox of events within its retention, a bounded piece at a time. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class EventTrimming {

    private static final int PIECE = 10_000;

    private final Outbox events;
    private final MusterProperties properties;

    EventTrimming(Outbox events, MusterProperties properties) {
        this.events = events;
        this.properties = properties;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void trim() {
        int trimmed = PIECE;
        while (trimmed == PIECE) {
            trimmed = events.trim(properties.events().retention(), PIECE);
        }
    }
}
