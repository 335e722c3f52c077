package io.muster.platform.marathon;

import io.muster.history.PodId;
import io.muster.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How much there is, counted once in ten seconds at most, however many ask. */
@Component
class WorldCounts {

    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Pods pods;
    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    private @Nullable Counts known;
    private Instant until = Instant.MIN;

    WorldCounts(Pods pods, JdbcTemplate jdbc, InstantSource clock) {
        this.pods = pods;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What there is.
     *
     * @param groups of pods, with the root
     * @param deployments that run
     * @param staged instances that Mesos was asked to launch, and that do not run yet
     */
    record Counts(int pods, int groups, int deployments, int running, int staged) {}

    synchronized Counts now() {
        Counts counts = known;
        if (counts == null || !clock.instant().isBefore(until)) {
            counts = count();
            known = counts;
            until = clock.instant().plus(FRESH);
        }
        return counts;
    }

    private Counts count() {
        List<PodId> ids =
                pods.shownBelow(Optional.empty()).stream().map(pod -> pod.id()).toList();
        return new Counts(
                ids.size(),
                groups(ids),
                count("select count(*) from deployment where state in ('SUBMITTED', 'ROLLING', 'PAUSED')"),
                count("select count(*) from instance where condition = 'RUNNING'"),
                count("select count(*) from instance where condition in ('PROVISIONED', 'STAGING', 'STARTING')"));
    }

    private int count(String query) {
        Integer counted = jdbc.queryForObject(query, Integer.class);
        return counted == null ? 0 : counted;
    }

    static int groups(List<PodId> ids) {
        Set<String> groups = new HashSet<>(Set.of(""));
        for (PodId id : ids) {
            String text = id.text();
            for (int slash = text.indexOf('/', 1); slash > 0; slash = text.indexOf('/', slash + 1)) {
                groups.add(text.substring(0, slash));
            }
        }
        return groups.size();
    }
}
