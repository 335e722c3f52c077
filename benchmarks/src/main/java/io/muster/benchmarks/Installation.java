package io.muster.benchmarks;

import io.muster.db.DatabaseUser;
import io.muster.db.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** Muster with a fixed heap, a PostgreSQL that syncs each commit to disk, and a simulated Mesos: three processes. */
final class Installation implements AutoCloseable {

    /** What loads may ask for. */
    private static final int MOST = 1_000_000;

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String DEPLOYMENTS =
            "select count(*) from deployment where state in ('SUBMITTED', 'ROLLING', 'PAUSED')";
    private static final double AGENT_MIB = 65_536;

    private final Path directory;
    private final int agents;
    private final int heapMiB;
    private final EmbeddedPostgres postgres;
    private final Connection administrator;
    private final Process mesos;
    private final BufferedReader said;
    private final PrintStream orders;
    private final String master;
    private Server server;

    /**
     * Starts all of it.
     *
     * @param cpus of each agent
     */
    Installation(int agents, double cpus, int heapMiB) throws IOException, SQLException, InterruptedException {
        this.agents = agents;
        this.heapMiB = heapMiB;
        directory = Files.createTempDirectory("muster-benchmark-database");
        postgres = counting(EmbeddedPostgres.Settings.in(directory));
        DatabaseUser user = postgres.administrator();
        administrator =
                DriverManager.getConnection(postgres.jdbcUrl(EmbeddedPostgres.DATABASE), user.name(), user.password());
        mesos = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx2g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulatedCluster.class.getName(),
                        String.valueOf(agents),
                        String.valueOf(cpus),
                        String.valueOf(AGENT_MIB))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        said = new BufferedReader(new InputStreamReader(mesos.getInputStream(), StandardCharsets.UTF_8));
        orders = new PrintStream(mesos.getOutputStream(), true, StandardCharsets.UTF_8);
        master = answer("http");
        server = startServer();
    }

    /** One that counts statements. */
    private static EmbeddedPostgres counting(EmbeddedPostgres.Settings settings) throws SQLException {
        try (EmbeddedPostgres uncounting = EmbeddedPostgres.start(settings)) {
            execute(uncounting, "alter system set shared_preload_libraries = 'pg_stat_statements'");
        }
        EmbeddedPostgres counting = EmbeddedPostgres.start(settings);
        execute(counting, "create extension pg_stat_statements");
        return counting;
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        DatabaseUser user = postgres.administrator();
        try (Connection connection = DriverManager.getConnection(
                        postgres.jdbcUrl(EmbeddedPostgres.DATABASE), user.name(), user.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Server startServer() throws IOException, InterruptedException {
        String url = postgres.jdbcUrl(EmbeddedPostgres.DATABASE);
        return Server.start(
                heapMiB,
                Map.of(
                        "SPRING_DATASOURCE_URL", url,
                        "SPRING_DATASOURCE_USERNAME", postgres.app().name(),
                        "SPRING_DATASOURCE_PASSWORD", postgres.app().password(),
                        "SPRING_FLYWAY_URL", url,
                        "SPRING_FLYWAY_USER", postgres.owner().name(),
                        "SPRING_FLYWAY_PASSWORD", postgres.owner().password()),
                "--muster.mesos.master=" + master,
                "--muster.pods.max-instances=" + MOST,
                "--muster.deployments.max-running=" + MOST);
    }

    /** Ends Muster as an upgrade does, and starts it again; returns when it serves. */
    void restartServer() throws IOException, InterruptedException {
        server.close();
        server = startServer();
    }

    Server server() {
        return server;
    }

    /** Tells the simulated Mesos to do something, and waits until it has. */
    void order(String what) throws IOException {
        orders.println(what);
        answer("done");
    }

    /** What the simulated Mesos says next that begins so: others say things there, too. */
    private String answer(String beginning) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("the simulated Mesos has ended");
    }

    int agents() {
        return agents;
    }

    /** Sends one request, which must be answered so. */
    void send(String method, String path, String body, int expected) throws IOException {
        server.send(method, path, body, expected);
    }

    /** Counts the instances of a pod, or of all pods of a group, whatever they do. */
    static String instances(String pod) {
        return "select count(*) from instance where (pod_id = '" + pod + "' or pod_id like '" + pod + "/%')";
    }

    /** Counts those that run and shall. */
    static String running(String pod) {
        return instances(pod) + " and condition = 'RUNNING' and goal = 'RUNNING'";
    }

    /** How long instances that run waited from when they were wanted until they were ready. */
    Map<String, Number> timesToReady(String pod) throws SQLException {
        Map<String, Number> times = new LinkedHashMap<>();
        times.put("readyP50Seconds", timeToReady(pod, "0.5"));
        times.put("readyP99Seconds", timeToReady(pod, "0.99"));
        return times;
    }

    private double timeToReady(String pod, String share) throws SQLException {
        String percentile = "(1000 * percentile_disc(" + share + ") within group "
                + "(order by extract(epoch from ready_since - scheduled_at)))::bigint";
        return number(running(pod).replace("count(*)", percentile)) / 1000.0;
    }

    /** How many deployments run. */
    long deployments() throws SQLException {
        return number(DEPLOYMENTS);
    }

    /** Waits until no deployment runs. */
    void awaitNoDeployment() throws SQLException, InterruptedException {
        await(DEPLOYMENTS, 0);
    }

    /** Waits until the query gives that number. */
    void await(String query, long expected) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (number(query) != expected) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(query + " is " + number(query) + " and not " + expected);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /**
     * Checks the end of a load.
     *
     * @throws IllegalStateException if the query gives another number
     */
    void check(String query, long expected) throws SQLException {
        long found = number(query);
        if (found != expected) {
            throw new IllegalStateException(query + " is " + found + " and not " + expected);
        }
    }

    synchronized long number(String query) throws SQLException {
        try (Statement statement = administrator.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    Consumption consumption() throws SQLException {
        return new Consumption(
                System.nanoTime(),
                Consumption.cpu(server.process()),
                // All other processes of the server have the same parent.
                ProcessHandle.of(number("select pg_backend_pid()"))
                        .flatMap(ProcessHandle::parent)
                        .map(Consumption::cpu)
                        .orElseThrow(),
                Consumption.cpu(mesos.toHandle()),
                number("select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint"),
                number("select xact_commit from pg_stat_database where datname = current_database()"),
                number("select coalesce(sum(calls), 0)::bigint from pg_stat_statements "
                        + "where userid = (select oid from pg_roles where rolname = '"
                        + postgres.app().name() + "')"));
    }

    @Override
    public void close() throws IOException, SQLException {
        server.close();
        orders.close();
        mesos.onExit().completeOnTimeout(mesos, 1, TimeUnit.MINUTES).join();
        mesos.destroyForcibly().onExit().join();
        administrator.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(directory);
    }
}
