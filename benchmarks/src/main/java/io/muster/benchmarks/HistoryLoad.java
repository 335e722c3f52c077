package io.muster.benchmarks;

import io.muster.benchmarks.Load.Request;
import io.muster.benchmarks.Load.Result;
import io.muster.db.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Questions about a pod with 10,000 versions, first where it is the only one, then beside many versions of others. The rows
 * are put into the database as the program would have, since nobody waits for so many deployments.
 */
final class HistoryLoad {

    private static final int HEAP_MIB = 512;
    private static final int VERSIONS = 10_000;
    private static final int OTHER_PODS = 1_000;
    private static final int VERSIONS_OF_OTHERS = 1_000;
    private static final int PODS_AT_ONCE = 10;
    private static final Duration FILLING = Duration.ofMinutes(2);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final String MANY = "/bench/many";
    /** On either side of the first in the order of ids. */
    private static final String OTHERS = "case when p % 2 = 0 then '/aaa/p' else '/other/p' end || p";

    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");

    private HistoryLoad() {}

    static void run() throws IOException, InterruptedException, SQLException {
        Path directory = Files.createTempDirectory("muster-benchmark-database");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(directory))) {
            try (Server server = Server.start(
                            HEAP_MIB,
                            "--spring.datasource.url=" + postgres.jdbcUrl(EmbeddedPostgres.DATABASE),
                            "--spring.datasource.username=" + postgres.app().name(),
                            "--spring.datasource.password=" + postgres.app().password(),
                            "--spring.flyway.user=" + postgres.owner().name(),
                            "--spring.flyway.password=" + postgres.owner().password());
                    Connection database = DriverManager.getConnection(
                            postgres.jdbcUrl(EmbeddedPostgres.DATABASE),
                            postgres.owner().name(),
                            postgres.owner().password())) {
                prepare(server);
                fill(database, "'" + MANY + "'", 0, 1, VERSIONS);
                settle(database);
                measure(server, "alone");
                System.out.printf(
                        Locale.ROOT, "{\"versionsOfOthers\":%d}%n", fillOthers(database) * VERSIONS_OF_OTHERS);
                settle(database);
                measure(server, "beside others");
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** One pod through the API, so that the others have the form that is stored. */
    private static void prepare(Server server) throws IOException, InterruptedException {
        try (var connection = new io.muster.benchmarks.Connection(server.port)) {
            connection
                    .exchange("POST", "/v2/pods", Definitions.withContainers("/bench/model", 1))
                    .expect(201);
            while (connection.get("/v2/deployments").length() > 2) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** How many pods there was time for. */
    private static int fillOthers(Connection database) throws SQLException {
        long end = System.nanoTime() + FILLING.toNanos();
        int pods = 0;
        while (pods < OTHER_PODS && System.nanoTime() < end) {
            fill(database, OTHERS, pods, PODS_AT_ONCE, VERSIONS_OF_OTHERS);
            pods += PODS_AT_ONCE;
        }
        return pods;
    }

    /**
     * Pods that show their last version; each version differs from the others in one variable.
     *
     * @param id an expression for the id of the pod with the number p
     */
    private static void fill(Connection database, String id, int from, int pods, int versions) throws SQLException {
        String all = "generate_series(" + from + ", " + (from + pods - 1) + ") p";
        String version = "timestamptz '" + FIRST + "' + v * interval '1 second'";
        try (var statement = database.createStatement()) {
            statement.execute("insert into pod (id, life, present, exposed_version, target_version, created_at,"
                    + " row_version) select " + id + ", 1, true, " + version + ", " + version + ", now(), 0 from " + all
                    + ", (select " + versions + " as v) as last");
            statement.execute(
                    "insert into pod_version (pod_id, version, life, config_hash, definition)"
                            + " select " + id + ", " + version + ", 1, md5(v::text), replace(replace(model.definition,"
                            + " '/bench/model', " + id + "), '\"info\"', '\"' || v || '\"') from " + all
                            + ", generate_series(1, " + versions + ") v,"
                            + " (select definition from pod_version where pod_id = '/bench/model' limit 1) model order by p, v");
            statement.execute("insert into pod_audit (pod_id, life, at, what, version, deployment_id)"
                    + " select " + id + ", 1, " + version + " + n * interval '10 milliseconds',"
                    + " (array['SUBMITTED', 'BEGUN', 'EXPOSED'])[n], " + version + ", gen_random_uuid()"
                    + " from " + all + ", generate_series(1, " + versions + ") v, generate_series(1, 3) n"
                    + " order by v, p, n");
        }
    }

    /** What the server's own housekeeping would do in time. */
    private static void settle(Connection database) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute("vacuum analyze pod, pod_version, pod_audit");
        }
    }

    private static void measure(Server server, String where) throws IOException, InterruptedException {
        String path = "/v2/pods" + MANY;
        measure(
                server,
                where + ": GET",
                (connection, number) -> connection.get(path).expect(200));
        measure(
                server,
                where + ": a page of ::versions",
                (connection, number) -> connection
                        .get(path + "::versions?limit=100&after=" + anyVersion())
                        .expect(200));
        measure(
                server,
                where + ": the newest page of ::history",
                (connection, number) -> connection.get(path + "::history").expect(200));
        measure(
                server,
                where + ": a page of ::history?view=versions",
                (connection, number) -> connection
                        .get(path + "::history?view=versions&after=" + anyVersion())
                        .expect(200));
        measure(
                server,
                where + ": ::versions/{version}",
                (connection, number) ->
                        connection.get(path + "::versions/" + anyVersion()).expect(200));
        measure(
                server,
                where + ": ::history/diff",
                (connection, number) -> connection
                        .get(path + "::history/diff?from=" + anyVersion() + "&to=" + anyVersion())
                        .expect(200));
    }

    private static String anyVersion() {
        return FIRST.plusSeconds(ThreadLocalRandom.current().nextLong(1, VERSIONS + 1L))
                .toString();
    }

    private static void measure(Server server, String scenario, Request request)
            throws IOException, InterruptedException {
        var next = new AtomicLong();
        Load.run(server.port, 1, WARM_UP, next, request);
        Duration before = server.cpu();
        Result result = Load.run(server.port, 1, MEASURED, next, request);
        System.out.println(result.line(scenario, 1, server.cpu().minus(before)));
    }
}
