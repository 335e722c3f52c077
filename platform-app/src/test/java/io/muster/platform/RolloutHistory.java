package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the database remembers of one pod, and whether it was rightly done. Reads tables, and shares nothing with the code
 * that wrote them.
 */
final class RolloutHistory {

    /** No launch takes longer, from the commit to the call. */
    private static final Duration LAUNCHING = Duration.ofSeconds(5);

    /**
     * One instance, alive or ended.
     *
     * @param ended null while it lives
     */
    record Life(
            String id,
            Instant version,
            Instant placed,
            @Nullable Instant active,
            @Nullable Instant ended) {}

    /** At one moment the number of some instances changes. */
    private record Step(Instant at, int change) {}

    record Shown(Instant version, Instant at) {}

    record Rollout(
            String id,
            Instant version,
            String state,
            Instant began,
            @Nullable Instant ended) {}

    private final List<Life> lives;
    private final List<Shown> shown;
    private final List<Rollout> rollouts;

    RolloutHistory(List<Life> lives, List<Shown> shown, List<Rollout> rollouts) {
        this.lives = lives;
        this.shown = shown;
        this.rollouts = rollouts;
    }

    static RolloutHistory of(JdbcTemplate database, String pod) {
        List<Life> lives = new ArrayList<>(database.query(
                """
                select instance_id, version, placed_at, active_since, ended_at from termination where pod_id = ?
                union all
                select id, version, provisioned_at, active_since, null from instance
                where pod_id = ? and goal = 'RUNNING' and condition = 'RUNNING'
                """,
                (row, _) -> new Life(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3).toInstant(),
                        instant(row.getTimestamp(4)),
                        instant(row.getTimestamp(5))),
                pod,
                pod));
        List<Shown> shown = database.query(
                "select version, at from pod_audit where pod_id = ? and what = 'EXPOSED' order by seq",
                (row, _) -> new Shown(
                        row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()),
                pod);
        List<Rollout> rollouts = database.query(
                "select id, target_version, state, created_at, finished_at from deployment where pod_id = ?"
                        + " order by created_at",
                (row, _) -> new Rollout(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        instant(row.getTimestamp(5))),
                pod);
        return new RolloutHistory(lives, shown, rollouts);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * Two versions were rolled out, one after the other, each to that many instances.
     *
     * @param minimum as many must have run at any moment of the second rollout
     * @param maximum no more may ever have had a place
     * @param crashes when the process ended; what it had given a place to by then, but not launched yet, never ran
     */
    void check(int instances, int minimum, int maximum, List<Instant> crashes) {
        assertThat(rollouts).hasSize(2).allSatisfy(rollout -> {
            assertThat(rollout.state()).isEqualTo("SUCCEEDED");
            assertThat(rollout.ended()).isNotNull();
        });
        Rollout first = rollouts.getFirst();
        Rollout second = rollouts.getLast();
        assertThat(second.version()).isAfter(first.version());
        assertThat(second.began()).isAfterOrEqualTo(first.ended());
        assertThat(shown).extracting(Shown::version).containsExactly(first.version(), second.version());
        assertThat(lives).extracting(Life::id).doesNotHaveDuplicates();

        List<Life> present = lives.stream().filter(life -> life.ended() == null).toList();
        assertThat(present)
                .hasSize(instances)
                .allSatisfy(life -> assertThat(life.version()).isEqualTo(second.version()));
        List<Life> old = lives.stream()
                .filter(life -> life.version().equals(first.version()))
                .toList();
        assertThat(old).hasSize(instances);
        assertThat(lives)
                .filteredOn(life -> life.active() != null)
                .as("nothing was launched twice")
                .hasSize(2 * instances);
        assertThat(lives)
                .filteredOn(life -> life.active() == null)
                .as("nothing was given a place in vain, but by a crash")
                .allMatch(life -> crashes.stream()
                        .anyMatch(crash -> !crash.isBefore(life.placed())
                                && Duration.between(life.placed(), crash).compareTo(LAUNCHING) < 0));

        Instant exposed = shown.getLast().at();
        assertThat(present).allSatisfy(life -> assertThat(life.active()).isBeforeOrEqualTo(exposed));
        assertThat(old).allSatisfy(life -> assertThat(life.ended()).isBeforeOrEqualTo(exposed));

        assertThat(most()).isLessThanOrEqualTo(maximum);
        assertThat(leastRunning(Objects.requireNonNull(first.ended()))).isGreaterThanOrEqualTo(minimum);
    }

    /** The most instances that ever had a place at once. */
    private int most() {
        List<Step> steps = new ArrayList<>();
        for (Life life : lives) {
            steps.add(new Step(life.placed(), 1));
            Instant ended = life.ended();
            if (ended != null) {
                steps.add(new Step(ended, -1));
            }
        }
        // What ends makes room for what starts in the same millisecond.
        steps.sort(Comparator.comparing(Step::at).thenComparingInt(Step::change));
        int now = 0;
        int most = 0;
        for (Step step : steps) {
            now += step.change();
            most = Math.max(most, now);
        }
        return most;
    }

    /** The fewest instances that ran at once, from that moment on. */
    private int leastRunning(Instant from) {
        List<Step> steps = new ArrayList<>();
        for (Life life : lives) {
            Instant active = life.active();
            if (active != null) {
                steps.add(new Step(active, 1));
                Instant ended = life.ended();
                if (ended != null) {
                    steps.add(new Step(ended, -1));
                }
            }
        }
        // What became ready allows the end of another in the same millisecond.
        steps.sort(Comparator.comparing(Step::at)
                .thenComparing(Comparator.comparingInt(Step::change).reversed()));
        int now = 0;
        int least = Integer.MAX_VALUE;
        for (Step step : steps) {
            now += step.change();
            if (step.at().isAfter(from)) {
                least = Math.min(least, now);
            }
        }
        return least;
    }
}
