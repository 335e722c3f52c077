package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Options, help, completion, and the page that describes them. */
class CommandLineSurfaceTest {

    private static final Path PAGE = Path.of("../docs/cli.md");
    private static final String BEGIN = "<!-- What follows is written by CommandLineSurfaceTest. -->\n";

    @TempDir
    private Path home;

    private Terminal terminal() {
        return new Terminal(home);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "pod",
                "pod add",
                "pod list --nonsense",
                "pod list -o xml",
                "pod scale web many",
                "pod add /nowhere/at/all.json",
                "pod explain web -o id",
                "pod remove web --timeout 5m",
                "deployment watch d1 --timeout soon",
                "pod logs web --tail -1",
                "pod list --context nowhere",
                "pod list --url ftp://nowhere",
                "pod list --cacert /nowhere.pem",
                "completion tcsh"
            })
    void wrongCommandLineEndsWith2AndSendsNothing(String command) {
        Terminal terminal = terminal();

        assertThat(terminal.run(command)).isEqualTo(2);

        assertThat(terminal.err()).isNotBlank().doesNotContain("Exception", "\tat ");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void serverThatIsNotThereEndsWith5AndIsNamed() {
        Terminal terminal = terminal();

        assertThat(terminal.run("ping --url http://127.0.0.1:1")).isEqualTo(5);

        assertThat(terminal.err())
                .isEqualTo("The server at http://127.0.0.1:1 does not answer: the connection was refused\n");
    }

    @Test
    void tokenGoesToTheServerAndNotToWhereItRedirects() {
        try (var server = new FakeServer();
                var other = new FakeServer()) {
            server.answer("GET /v2/info?extended=true", 307, "", "Location", "/v2/info2")
                    .answer("GET /v2/info2", 200, "{}");
            server.answer("GET /v2/pods", 302, "", "Location", other.url() + "/v2/pods");
            Terminal terminal = terminal().with("MUSTER_URL", server.url()).with("MUSTER_TOKEN", "hunter2");

            assertThat(terminal.run("info")).isZero();
            assertThat(server.asked())
                    .allSatisfy(asked -> assertThat(asked.headers()).containsEntry("Authorization", "Bearer hunter2"));
            assertThat(terminal.run("pod list -o id")).isEqualTo(5);
            assertThat(terminal.err()).contains("redirects to another one").doesNotContain("hunter2");
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void pingInfoVersionAndQueueAreShown() {
        try (var server = new FakeServer()) {
            server.answer("GET /ping", 200, "pong");
            server.answer("GET /v2/info?extended=true", 200, """
                    {"name":"marathon","version":"1.7.0","elected":true,"leader":"m1:8080",
                     "product":{"name":"Muster","version":"0.1.0"},"marathon_config":{"master":"m1:5050"}}""");
            server.answer("GET /v2/queue", 200, """
                    {"queue":[{"count":2,"delay":{"timeLeftSeconds":7,"overdue":false},"since":"2026-11-22T11:59:00Z",
                     "processedOffersSummary":{"processedOffersCount":41,"unusedOffersCount":40,
                     "rejectSummaryLastOffers":[{"reason":"UnfulfilledRole","declined":0},
                     {"reason":"InsufficientCpus","declined":2}]},"pod":{"id":"/shop/web"}}]}""");
            server.answer("DELETE /v2/queue/%2Fshop%2Fweb/delay", 204, "");
            Terminal terminal = terminal().with("MUSTER_URL", server.url());

            assertThat(terminal.run("ping")).isZero();
            assertThat(terminal.out()).startsWith(server.url() + " answers, after ");
            assertThat(terminal.run("info")).isZero();
            assertThat(terminal.out()).contains("Product:       Muster 0.1.0\n", "Leads itself:  yes\n");
            assertThat(terminal.run("version")).isZero();
            assertThat(terminal.out()).contains("client: ", "server: 0.1.0, at ");
            assertThat(terminal.run("queue")).isZero();
            assertThat(terminal.out()).isEqualTo("""
                    POD        WAITING  SINCE  DELAY  OFFERS  UNUSED  REFUSED FOR
                    /shop/web  2        60s    7s     41      40      InsufficientCpus 2
                    """);
            assertThat(terminal.run("queue reset shop/web")).isZero();
        }
    }

    @Test
    void eachCodeIsTold() {
        Terminal terminal = terminal();

        assertThat(terminal.run("--help")).isZero();

        for (ExitCode code : ExitCode.values()) {
            assertThat(terminal.out())
                    .contains(" " + code.number() + "   " + code.meaning().substring(0, 12));
        }
    }

    @ParameterizedTest
    @CsvSource({"bash, bash", "zsh, bash"})
    void completionIsAScriptThatItsShellCanRead(String kind, String shell) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/" + shell)), "there is no /bin/" + shell);
        Terminal terminal = terminal();
        assertThat(terminal.run("completion " + kind)).isZero();
        Path script = Files.writeString(home.resolve("completion"), terminal.out());

        Process check = new ProcessBuilder("/bin/" + shell, "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(check.getInputStream().readAllBytes(), UTF_8);
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).as(said).isZero();
    }

    @Test
    void completionForFishKnowsCommandsAndOptions() {
        Terminal terminal = terminal();

        terminal.run("completion fish");

        assertThat(terminal.out())
                .contains("complete -c muster -n '__fish_use_subcommand' -a pod -d '")
                .contains("-a rollback -d 'Brings an earlier version")
                .contains("-l on-failure -r -d ");
    }

    /** With {@code -Dmuster.cli.write=true} the page is written anew instead. */
    @Test
    void pageShowsEveryCommandAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String expected = usages();
        if (Boolean.getBoolean("muster.cli.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + expected);
            return;
        }

        assertThat(page.substring(begin)).isEqualTo(expected);
    }

    private String usages() {
        var text = new StringBuilder();
        for (String command : commands()) {
            Terminal terminal = terminal();
            terminal.run((command + " --help").strip().split(" ", -1));
            text.append("\n### muster")
                    .append(command.isEmpty() ? "" : " " + command)
                    .append("\n\n```text\n");
            text.append(terminal.out().stripTrailing().replaceAll(" +\n", "\n")).append("\n```\n");
        }
        return text.toString();
    }

    private static List<String> commands() {
        List<String> commands = new ArrayList<>();
        collect(CommandTree.of(new Terminal(Path.of(".")).world()), "", commands);
        return commands;
    }

    private static void collect(CommandLine command, String name, List<String> commands) {
        commands.add(name);
        command.getSubcommands().forEach((sub, line) -> collect(line, (name + " " + sub).strip(), commands));
    }
}
