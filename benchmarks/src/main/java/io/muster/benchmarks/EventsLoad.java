package io.muster.benchmarks;

import io.muster.db.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * Many listeners on one replica, while events are inserted into the database; and what it costs a change to notify by
 * itself. Listeners, replica and database share the machine.
 */
final class EventsLoad {

    private static final int HEAP_MIB = 512;
    private static final int LISTENERS = 1_000;
    private static final int PER_SECOND = 2_000;
    private static final int TRANSACTIONS_PER_SECOND = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int WRITERS = 8;
    private static final Duration WRITING = Duration.ofSeconds(5);

    private static final String INSERT = """
            with told as (
                insert into event (type, body, at)
                select 'bench_event', '{"n":' || n || ',"sent":' || (extract(epoch from clock_timestamp()) * 1e6)::bigint
                    || ',"instanceId":"shop_cart.instance-6f1f0c1e-0f1a-11ee-9d51-0242ac110002","condition":"Running"}',
                    clock_timestamp()
                from generate_series(1, %d) n
                returning id
            )
            insert into event_outbox (events) select array_agg(id order by id) from told
            """;

    private EventsLoad() {}

    static void run() throws IOException, InterruptedException, SQLException {
        Path directory = Files.createTempDirectory("muster-benchmark-database");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(directory))) {
            try (Server server = Server.start(
                    HEAP_MIB,
                    "--spring.datasource.url=" + postgres.jdbcUrl(EmbeddedPostgres.DATABASE),
                    "--spring.datasource.username=" + postgres.app().name(),
                    "--spring.datasource.password=" + postgres.app().password(),
                    "--spring.flyway.user=" + postgres.owner().name(),
                    "--spring.flyway.password=" + postgres.owner().password())) {
                listen(server, postgres, 1);
                listen(server, postgres, LISTENERS);
            }
            write(postgres, "insert", "");
            write(postgres, "insert, and notify", "select pg_notify('bench', '')");
            write(postgres, "insert", "");
            write(postgres, "insert, and notify", "select pg_notify('bench', '')");
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(EmbeddedPostgres.DATABASE),
                postgres.app().name(),
                postgres.app().password());
    }

    private static void listen(Server server, EmbeddedPostgres postgres, int count)
            throws IOException, InterruptedException, SQLException {
        try (EventListeners listeners = EventListeners.connect(server.port, count);
                Connection database = connect(postgres)) {
            long events = insert(database, WARM_UP);
            Duration cpu = server.cpu();
            events += insert(database, MEASURED);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!listeners.haveAll(events) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            System.out.println(
                    listeners.line("2,000 events a second", events, server.cpu().minus(cpu), server.peakMiB()));
        }
    }

    /** As evenly as it can; returns how many it inserted. */
    private static long insert(Connection database, Duration time) throws SQLException, InterruptedException {
        long transactions = time.toSeconds() * TRANSACTIONS_PER_SECOND;
        long begin = System.nanoTime();
        try (var statement = database.createStatement()) {
            for (long i = 0; i < transactions; i++) {
                long due = begin + i * TimeUnit.SECONDS.toNanos(1) / TRANSACTIONS_PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                statement.execute(String.format(Locale.ROOT, INSERT, PER_SECOND / TRANSACTIONS_PER_SECOND));
                statement.execute("notify muster_events");
            }
        }
        return transactions * (PER_SECOND / TRANSACTIONS_PER_SECOND);
    }

    /** How many transactions a second commit that tell of one event each. */
    private static void write(EmbeddedPostgres postgres, String scenario, String also)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + WRITING.toNanos();
        long transactions = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(threads.submit(() -> writeUntil(postgres, end, also)));
            }
            for (Future<Long> each : all) {
                transactions += each.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("a writer failed", failed.getCause());
        }
        System.out.printf(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"writers\":%d,\"transactionsPerSecond\":%.0f}%n",
                scenario,
                WRITERS,
                transactions * 1e9 / (System.nanoTime() - begin));
    }

    private static long writeUntil(EmbeddedPostgres postgres, long end, String also) throws SQLException {
        long transactions = 0;
        try (Connection database = connect(postgres);
                var statement = database.createStatement()) {
            database.setAutoCommit(false);
            while (System.nanoTime() < end) {
                statement.execute(String.format(Locale.ROOT, INSERT, 1));
                if (!also.isEmpty()) {
                    statement.execute(also);
                }
                database.commit();
                transactions++;
            }
        }
        return transactions;
    }
}
