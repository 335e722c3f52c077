package io.muster.platform;

import io.muster.events.log.EventLog;
import io.muster.events.stream.EventStreamSettings;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps the log of events within its retention, a bounded piece at a time. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class EventTrimming {

    private static final int PIECE = 10_000;

    private final EventLog log;
    private final EventStreamSettings settings;

    EventTrimming(EventLog log, EventStreamSettings settings) {
        this.log = log;
        this.settings = settings;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void trim() {
        int trimmed = PIECE;
        while (trimmed == PIECE) {
            trimmed = log.trim(settings.retention(), PIECE);
        }
    }
}
