package io.muster.deploy.engine;

import io.muster.deploy.model.InstanceInput.Patience;
import java.time.Duration;

/**
 * How the engine works.
 *
 * @param mailbox how many inputs may wait
 * @param batch how many inputs, and how many kill requests, one round takes at most
 * @param requests how many instances one round tries to place at most
 * @param poll how often it looks for accepted deployments and kill requests though nobody called
 */
public record EngineSettings(int mailbox, int batch, int requests, Duration poll, Patience patience) {

    public static EngineSettings defaults() {
        return new EngineSettings(
                10_000,
                1_000,
                1_000,
                Duration.ofSeconds(1),
                new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5)));
    }
}
