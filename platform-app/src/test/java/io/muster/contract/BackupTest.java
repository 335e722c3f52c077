package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What docs/backup.md tells people to do, done: the commands are those of the page. */
class BackupTest {

    private static final Path PAGE = Path.of("../docs/backup.md");
    private static final String FENCE = "```";

    @TempDir
    private Path directory;

    /** The block of code that begins with these words, without its indentation. */
    private static String commands(String beginning) throws IOException {
        List<String> block = Files.readAllLines(PAGE).stream()
                .map(String::strip)
                .dropWhile(line -> !line.startsWith(beginning))
                .takeWhile(line -> !line.equals(FENCE))
                .toList();
        assertThat(block).as(beginning).isNotEmpty();
        return String.join("\n", block) + "\n";
    }

    @Test
    void bringsBackPodsHistoryAndFrameworkAndShowsWhatCameLaterAsOrphans() throws IOException {
        Optional<Path> programs = InstalledPostgres.programs();
        assumeTrue(programs.isPresent(), "skipped: no PostgreSQL with its server is installed");
        try (var postgres = InstalledPostgres.start(programs.orElseThrow(), directory);
                var mesos = LocalMesos.startScripted(LocalMesosSettings.in(directory.resolve("mesos")))) {
            postgres.run("roles", commands("psql --set"));
            Map<String, JsonNode> before;
            try (var muster = muster(postgres, mesos, "10m")) {
                muster.awaitLeadership();
                muster.deploy(Pod.of("/kept").instances(2));
                muster.deploy(Pod.of("/kept").instances(2).variable("second"));
                before = facts(muster);

                postgres.run("backup", commands("pg_dump"));
                muster.deploy(Pod.of("/later"));
            }
            assertThat(postgres.run("trial", commands("createdb"))).contains("     2");

            postgres.run("restore", commands("dropdb --if-exists"));
            postgres.run("number", commands("psql --dbname=muster "));

            try (var muster = muster(postgres, mesos, "never")) {
                muster.awaitLeadership();
                soon().untilAsserted(() ->
                        assertThat(orphans(muster)).singleElement().asString().startsWith("later.instance-"));
                assertThat(facts(muster)).isEqualTo(before);
                assertThat(muster.deployments()).isEmpty();
                muster.deploy(Pod.of("/kept").instances(2).variable("third"));
                assertThat(muster.get("/v2/pods/kept::versions").texts()).hasSize(3);
                assertThat(orphans(muster)).hasSize(1);
            }
        }
    }

    private Server muster(InstalledPostgres postgres, LocalMesos mesos, String grace) {
        return Server.replica(
                Map.of(
                        "spring.datasource.url", postgres.jdbcUrl("muster"),
                        "spring.datasource.username", "muster_app",
                        "spring.flyway.user", "muster_owner"),
                List.of("muster.mesos.master=" + mesos.masterUri(), "muster.orphans.grace=" + grace));
    }

    /** What must be the same afterwards. */
    private static Map<String, JsonNode> facts(Server muster) {
        Function<String, JsonNode> ask = path -> muster.get(path).expect(200).json();
        return Map.of(
                "pods", ask.apply("/v2/pods"),
                "versions", ask.apply("/v2/pods/kept::versions"),
                "history", ask.apply("/v2/pods/kept::history"),
                "status", ask.apply("/v2/pods/kept::status").get("status"),
                "instances", ask.apply("/v2/pods/kept::status").at("/instances"),
                "framework", ask.apply("/v2/info").get("frameworkId"));
    }

    private static List<String> orphans(Server muster) {
        return muster.get("/v2/orphans")
                .expect(200)
                .json()
                .valueStream()
                .map(orphan -> orphan.get("taskId").asString())
                .toList();
    }
}
