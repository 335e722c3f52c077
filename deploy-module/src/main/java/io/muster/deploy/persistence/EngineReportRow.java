package io.muster.deploy.persistence;

import io.muster.deploy.model.EngineReport;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What the leader said of itself last. */
@Repository
public class EngineReportRow {

    private final JdbcTemplate jdbc;

    EngineReportRow(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty before the first leader, and after a crash of the database. */
    public Optional<EngineReport> find() {
        return jdbc
                .query(
                        "select connected, since, last_offers_at, throttled_until from engine_report",
                        (row, number) -> new EngineReport(
                                row.getBoolean("connected"),
                                row.getObject("since", OffsetDateTime.class).toInstant(),
                                instant(row.getObject("last_offers_at", OffsetDateTime.class)),
                                instant(row.getObject("throttled_until", OffsetDateTime.class))))
                .stream()
                .findFirst();
    }

    void put(EngineReport report) {
        jdbc.update(
                """
                insert into engine_report (one, connected, since, last_offers_at, throttled_until)
                values (1, ?, ?, ?, ?)
                on conflict (one) do update set connected = excluded.connected, since = excluded.since,
                    last_offers_at = excluded.last_offers_at, throttled_until = excluded.throttled_until
                """,
                report.connected(),
                report.since().atOffset(ZoneOffset.UTC),
                time(report.lastOffersAt()),
                time(report.throttledUntil()));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
