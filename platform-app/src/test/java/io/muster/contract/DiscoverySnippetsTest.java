package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What docs/service-discovery.md tells people to write, given to the programs that it is for. */
@ExtendWith(Servers.class)
class DiscoverySnippetsTest {

    private static final Path PAGE = Path.of("../docs/service-discovery.md");

    /** Answers whatever it is asked, until it is killed. */
    private static final String WEB = """
            use IO::Socket::INET;
            my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ENV{ENDPOINT_HTTP}, Listen => 16) or die $!;
            while (my $c = $s->accept) {
                while (<$c>) { last if /^\\r?$/ }
                print $c "HTTP/1.0 200 OK\\r\\nConnection: close\\r\\n\\r\\nsaid by the pod";
                close $c;
            }
            """;

    private final Server server;

    @TempDir
    private Path directory;

    DiscoverySnippetsTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private static void need(String program, String... proof) {
        assumeTrue(
                Script.runs(Stream.concat(Stream.of(program), Stream.of(proof)).toArray(String[]::new)),
                "skipped: " + program + " is not installed");
    }

    /** The block of code that begins with this line, without its indentation, asking our server. */
    private String snippet(String firstLine) throws IOException {
        List<String> block = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("    " + firstLine))
                .takeWhile(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .toList();
        assertThat(block).as(firstLine).isNotEmpty();
        return String.join("\n", block).replace("muster.example:8080", "127.0.0.1:" + server.port()) + "\n";
    }

    private void deployAWebServer() throws IOException {
        Path script = Files.writeString(directory.resolve("web.pl"), WEB);
        server.deploy(Pod.of("/snippet/web")
                .container("endpoints", "[{'name': 'http', 'hostPort': 0}]")
                .container("exec", "{'command': {'shell': 'exec perl " + script + "'}}")
                .with(
                        "scheduling",
                        "{'placement': {'constraints':"
                                + " [{'fieldName': 'hostname', 'operator': 'IS', 'value': 'localhost'}]}}"));
    }

    @Test
    void haproxySendsRequestsToThePod() throws IOException {
        need("haproxy", "-v");
        need("curl", "--version");
        need("jq", "--version");
        need("perl", "-e", "1");
        deployAWebServer();
        Path socket = directory.resolve("in");
        Path frame = Files.writeString(
                directory.resolve("frame.cfg"),
                snippet("defaults")
                        .replace("127.0.0.1:8081", "unix@" + socket)
                        .replace("shop_web_http", "snippet_web_http"));
        Path backends = directory.resolve("backends.cfg");
        soon().untilAsserted(() -> {
            try (Script make = Script.start(directory, "make", snippet("curl"), "sh")) {
                Files.write(backends, make.await());
            }
            assertThat(backends)
                    .content()
                    .contains("backend snippet_web_http\n    balance roundrobin\n    server snippet_web_instance_");
        });

        String both = frame + " -f " + backends;
        try (Script check = Script.start(directory, "check", "haproxy -c -f " + both, "sh")) {
            check.await();
        }
        try (Script running = Script.start(directory, "run", "exec haproxy -db -f " + both, "sh")) {
            soon().untilAsserted(() -> {
                try (Script ask = Script.start(
                        directory, "ask", "curl -sf --unix-socket " + socket + " http://shop.example/", "sh")) {
                    assertThat(ask.await()).containsExactly("said by the pod");
                }
            });
            assertThat(running.lines()).isEmpty();
        }
    }

    @Test
    void prometheusFindsThePod() throws IOException {
        need("promtool", "--version");
        server.deploy(Pod.of("/snippet/measured").container("endpoints", "[{'name': 'metrics', 'hostPort': 0}]"));
        Path config = Files.writeString(directory.resolve("prometheus.yml"), snippet("scrape_configs:"));

        try (Script check = Script.start(directory, "check", "exec promtool check config " + config, "sh")) {
            check.await();
        }
        soon().untilAsserted(() -> {
            try (Script find = Script.start(
                    directory,
                    "find",
                    "exec promtool check service-discovery --timeout=3s " + config + " pods",
                    "sh")) {
                assertThat(find.await())
                        .anyMatch(line -> line.contains("\"pod\": \"/snippet/measured\""))
                        .anyMatch(line -> line.contains("\"pod_instance\": \"snippet_measured.instance-"));
            }
        });
    }
}
