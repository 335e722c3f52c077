package io.muster.events.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.db.wakeups.Wakeups;
import io.muster.events.Outbox;
import io.muster.events.log.EventLog;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Numbers the events of the outbox, and serves {@code /v2/events}. Needs the {@link Outbox}, {@link Wakeups} that are
 * started later, a meter registry, and the application's data source, transactions and web server.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventStreamSettings.class)
@Import({EventLog.class, EventsController.class})
public class EventStreamModule {

    @Bean
    Ring eventRing(EventStreamSettings settings) {
        return new Ring(settings.ringFrames(), settings.ringSize().toBytes());
    }

    @Bean
    StreamMeters eventStreamMeters(MeterRegistry registry, Ring ring) {
        return new StreamMeters(registry, ring);
    }

    @Bean
    EventStreams eventStreams(Ring ring, EventLog log, StreamMeters meters, EventStreamSettings settings) {
        return new EventStreams(ring, log, meters, settings, Clock.systemUTC());
    }

    @Bean
    LogFollower eventLogFollower(
            EventLog log,
            Ring ring,
            EventStreams streams,
            StreamMeters meters,
            EventStreamSettings settings,
            Outbox outbox,
            Wakeups wakeups) {
        var follower = new LogFollower(log, ring, streams, meters, settings.poll(), Clock.systemUTC());
        outbox.onCommitted(follower::ring);
        wakeups.listen(EventLog.CHANNEL, follower::ring);
        return follower;
    }
}
