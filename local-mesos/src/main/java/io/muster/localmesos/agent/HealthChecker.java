package io.muster.localmesos.agent;

import io.muster.localmesos.agent.ContainerRunner.Probe;
import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.HealthCheck;

/**
 * Checks one container again and again, with Mesos' rules: the first check after the delay, the next one an interval
 * after the last answer; failures within the grace period do not count until a check has succeeded; a success is
 * reported when it is the first or follows a failure, every counted failure is reported.
 */
final class HealthChecker {
    /** Mesos reads a timeout of 0 as none; a bound nobody waits for keeps a hanging check from living for ever. */
    private static final Duration WITHOUT_TIMEOUT = Duration.ofHours(24);

    private final EventLoop loop;
    private final ContainerRunner runner;
    private final String containerId;
    private final HealthCheck check;
    private final Consumer<Health> report;
    private final Instant startedAt;
    private EventLoop.Timer next = () -> {};
    private boolean stopped;
    private boolean initializing = true;
    private long failures;

    /** A report: healthy or not, and whether the failures have become too many. */
    record Health(boolean healthy, boolean kill) {}

    HealthChecker(
            EventLoop loop, ContainerRunner runner, String containerId, HealthCheck check, Consumer<Health> report) {
        this.loop = loop;
        this.runner = runner;
        this.containerId = containerId;
        this.check = check;
        this.report = report;
        this.startedAt = loop.now();
    }

    void start() {
        next = loop.schedule(seconds(check.getDelaySeconds()), this::probe);
    }

    void stop() {
        stopped = true;
        next.cancel();
    }

    private void probe() {
        Duration timeout = check.getTimeoutSeconds() == 0 ? WITHOUT_TIMEOUT : seconds(check.getTimeoutSeconds());
        runner.probe(containerId, check, timeout, probe -> loop.execute(() -> answered(probe)));
    }

    private void answered(Probe probe) {
        if (stopped) {
            return;
        }
        next = loop.schedule(seconds(check.getIntervalSeconds()), this::probe);
        if (probe.healthy()) {
            boolean news = initializing || failures > 0;
            initializing = false;
            failures = 0;
            if (news) {
                report.accept(new Health(true, false));
            }
            return;
        }
        boolean inGrace = !loop.now().isAfter(startedAt.plus(seconds(check.getGracePeriodSeconds())));
        if (initializing && inGrace) {
            return;
        }
        failures++;
        report.accept(new Health(false, failures >= check.getConsecutiveFailures()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (Math.max(0, seconds) * 1e9));
    }
}
