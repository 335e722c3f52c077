package io.muster.events.stream;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Events and their streams.
 *
 * @param retention for how long events can be asked for; 0 or more
 * @param poll how often this process looks for new events by itself, longer than 0
 * @param heartbeat after so long, longer than 0, without an event a stream is sent an empty line
 * @param maxStreams how many streams this process serves at a time; 0 or more
 * @param ringFrames how many of the newest events all streams share, at least 1; one that is further behind is closed
 * @param ringSize how many bytes of the newest events all streams share, at least 1B
 */
@ConfigurationProperties("muster.events")
public record EventStreamSettings(
        @DefaultValue("24h") Duration retention,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("10s") Duration heartbeat,
        @DefaultValue("2000") int maxStreams,
        @DefaultValue("65536") int ringFrames,
        @DefaultValue("32MB") DataSize ringSize) {

    public EventStreamSettings {
        require(!retention.isNegative(), "retention must not be negative, as " + retention + " is");
        require(poll.isPositive(), "poll must be longer than 0, not " + poll);
        require(heartbeat.isPositive(), "heartbeat must be longer than 0, not " + heartbeat);
        require(maxStreams >= 0, "max-streams must not be negative, as " + maxStreams + " is");
        require(ringFrames >= 1, "ring-frames must be at least 1, not " + ringFrames);
        require(ringSize.toBytes() >= 1, "ring-size must be at least 1B, not " + ringSize);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("muster.events." + what);
        }
    }
}
