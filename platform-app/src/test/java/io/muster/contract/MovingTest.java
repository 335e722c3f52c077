package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.contract.Servers.Unusual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/moving-from-marathon.md tells people to do with one pod, done between two servers, of which one plays the
 * Marathon.
 */
@ExtendWith(Servers.class)
class MovingTest {

    private static final Path PAGE = Path.of("../docs/moving-from-marathon.md");
    private static final String ID = "/moving/web";

    private final Server marathon;
    private final Server muster;

    @TempDir
    private Path directory;

    MovingTest(@Unusual Server marathon, Server muster) {
        this.marathon = marathon;
        this.muster = muster;
    }

    /** The lines of the block of code that has this line, from its beginning. */
    private static List<String> block(String beginning) throws IOException {
        List<String> block = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith(beginning))
                .takeWhile(line -> !line.equals("```"))
                .toList();
        assertThat(block).as(beginning).isNotEmpty();
        return block;
    }

    private void run(String name, List<String> lines) {
        String variables = "set -e\nOLD=http://127.0.0.1:" + marathon.port() + " NEW=http://127.0.0.1:" + muster.port()
                + " POD=" + ID.substring(1) + "\n";
        try (Script script = Script.start(directory, name, variables + String.join("\n", lines) + "\n", "sh")) {
            script.await();
        }
    }

    @Test
    void movesAPodAndBringsItBack() throws IOException {
        assumeTrue(Script.runs("jq", "--version"), "skipped: jq is not installed");
        assumeTrue(Script.runs("curl", "--json", "", "--version"), "skipped: no curl that knows --json is installed");
        marathon.deploy(Pod.of(ID).instances(2));

        List<String> move = block("OLD=");
        run("move", move.subList(1, move.size()));

        assertThat(muster.instances(ID)).hasSize(2);
        soon().until(() -> marathon.instances(ID).isEmpty());

        soon().until(() -> marathon.deployments().isEmpty());
        run("back", block("curl -sf -X PUT --json @pod.json"));

        // Unlike Marathon, the server that plays it shows the earlier status until the deployment has ended.
        soon().until(() -> marathon.instances(ID).size() == 2);
        soon().until(() -> marathon.deployments().isEmpty());
        soon().until(() -> muster.get("/v2/pods" + ID).status() == 404);
        marathon.delete("/v2/pods" + ID).expect(202);
    }
}
