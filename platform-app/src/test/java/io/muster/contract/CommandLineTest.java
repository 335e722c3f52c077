package io.muster.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.Main;
import io.muster.cli.shell.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command-line client against the whole server, down to what a container wrote. */
@ExtendWith(Servers.class)
class CommandLineTest {

    private static final String DEFINITION = """
            {"id":"/cli/a","containers":[{"name":"c","exec":{"command":{"shell":"echo said by $MARATHON_APP_ID; exec sleep 1000"}},
             "resources":{"cpus":0.1,"mem":32},"healthcheck":{}}],"networks":[{"mode":"host"}]}""";

    private final Server server;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path home;

    CommandLineTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private int muster(String command) {
        return muster("", command);
    }

    private int muster(String in, String command) {
        out.reset();
        err.reset();
        var world = new World(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                Map.of("MUSTER_URL", "http://127.0.0.1:" + server.port()),
                home,
                false,
                InstantSource.system(),
                Thread::sleep,
                lastWords -> () -> {});
        return Main.run(world, command.split(" ", -1));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    @Test
    void takesAPodThroughItsLife() {
        assertThat(muster(DEFINITION, "pod add - --dry-run")).as(err()).isZero();
        assertThat(out()).contains("StartPod");
        assertThat(muster(DEFINITION, "pod add - --wait --timeout 1m"))
                .as(err())
                .isZero();
        assertThat(err()).contains("/containers(0)/healthcheck", "succeeded");
        assertThat(muster(DEFINITION, "pod add -")).isEqualTo(1);

        assertThat(muster("pod list")).isZero();
        assertThat(out()).contains("/cli/a");
        assertThat(muster("pod status cli/a")).isZero();
        assertThat(out()).contains("cli_a.instance-", "TASK_RUNNING");
        assertThat(muster("pod show cli/a")).isZero();
        assertThat(out()).contains("said by");

        Server.soon().untilAsserted(() -> {
            assertThat(muster("pod logs cli/a")).as(err()).isZero();
            assertThat(out()).isEqualTo("said by /cli/a\n");
        });

        assertThat(muster("pod scale cli/a 2 --wait --timeout 1m")).as(err()).isZero();
        assertThat(muster("pod diff cli/a")).isZero();
        assertThat(out()).contains("scaling.instances: 1 -> 2");
        assertThat(muster("pod versions cli/a")).isZero();
        assertThat(muster("pod history cli/a")).isZero();
        assertThat(out()).contains("EXPOSED");
        assertThat(muster("pod rollback cli/a --wait --timeout 1m")).as(err()).isZero();
        assertThat(muster("pod explain cli/a")).isZero();
        assertThat(out()).contains("1 of 1 instance");

        assertThat(muster("pod kill cli/a --all")).isZero();
        assertThat(muster("pod remove cli/a --wait --timeout 1m")).as(err()).isZero();
        assertThat(muster("pod show cli/a")).isEqualTo(3);
        tellsItsLifeAgain();
    }

    /** From the stream, which does not end by itself. */
    private void tellsItsLifeAgain() {
        String before = server.select(
                        "select cast(min(seq) - 1 as text) from event_log join event on id = event where pod_id = '/cli/a'")
                .getFirst();
        String life = "events --since " + before + " --type pod_created_event --type pod_deleted_event ";

        assertThat(muster(life + "--count 2")).as(err()).isZero();
        assertThat(out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("pod_created_event", "/cli/a"),
                        line -> assertThat(line).contains("pod_deleted_event", "/cli/a"));
        assertThat(muster(life + "--count 1 -o id")).isZero();
        String created = out().strip();
        assertThat(muster(life.replace("--since " + before, "--since " + created) + "--count 1 -o json"))
                .isZero();
        assertThat(out()).contains("\"eventType\":\"pod_deleted_event\"");
        assertThat(err()).isEmpty();
    }

    @Test
    void steersADeploymentThatCannotEnd() {
        String impossible = DEFINITION.replace("/cli/a", "/cli/b").replace("0.1", "1000");

        assertThat(muster(impossible, "pod add - -o id")).as(err()).isZero();
        String deployment = out().strip();

        assertThat(muster("deployment watch " + deployment + " --timeout 1s")).isEqualTo(7);
        assertThat(muster("pod remove cli/b")).isEqualTo(4);
        assertThat(err()).contains("Deployment " + deployment + " of /cli/b", "muster deployment watch " + deployment);
        assertThat(muster("deployment pause " + deployment + " --reason lunch"))
                .as(err())
                .isZero();
        assertThat(muster("deployment list")).isZero();
        assertThat(out()).contains(deployment, "PAUSED");
        assertThat(muster("deployment resume " + deployment)).as(err()).isZero();
        assertThat(muster("queue")).isZero();
        assertThat(muster("deployment rollback " + deployment + " --wait --timeout 1m"))
                .as(err())
                .isZero();
        assertThat(muster("deployment watch " + deployment)).isEqualTo(6);
    }
}
