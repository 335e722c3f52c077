package io.muster.localmesos.operator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.http.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of sandboxes can be read, and no others. */
class SandboxFilesTest {

    @TempDir
    private Path work;

    private Path run;
    private SandboxFiles files;

    @BeforeEach
    void makeASandbox() throws IOException {
        run = work.resolve("agents/S0/executors/e/runs/r1");
        Files.createDirectories(run.resolve("containers/c"));
        Files.createDirectories(run.resolve("tasks"));
        Files.createSymbolicLink(run.resolve("tasks/e.web"), Path.of("..", "containers", "c"));
        Files.write(run.resolve("containers/c/stdout"), "a\"b\\\n\u00e9\u0001".getBytes(ISO_8859_1));
        Files.writeString(work.resolve("secret"), "hunter2");
        Files.writeString(work.resolve("agents/S0/secret"), "hunter2");
        Files.createDirectories(work.resolve("agents/S0/executors/e/runs/r2"));
        Files.writeString(work.resolve("agents/S0/executors/e/runs/r2/secret"), "hunter2");
        files = new SandboxFiles(work);
    }

    private Response.Whole read(String path, String more) {
        return (Response.Whole) files.read(Query.of("path=" + URLEncoder.encode(path, StandardCharsets.UTF_8) + more));
    }

    private static String text(Response.Whole answer) {
        return new String(answer.body(), ISO_8859_1);
    }

    @Test
    void bytesAreWrittenAsTheyAre() {
        Response.Whole answer = read(run + "/tasks/e.web/stdout", "&offset=0");

        assertThat(text(answer)).isEqualTo("{\"data\":\"a\\\"b\\\\\\u000a\u00e9\\u0001\",\"offset\":0}");
    }

    @Test
    void withoutAnOffsetItTellsTheSize() {
        assertThat(text(read(run + "/tasks/e.web/stdout", ""))).isEqualTo("{\"data\":\"\",\"offset\":7}");
        assertThat(text(read(run + "/tasks/e.web/stdout", "&offset=99"))).isEqualTo("{\"data\":\"\",\"offset\":7}");
    }

    @Test
    void neverMoreThanSixteenPagesAreRead() throws IOException {
        Path large = Files.write(run.resolve("containers/c/large"), new byte[SandboxFiles.LONGEST + 10]);

        assertThat(text(read(large.toString(), "&offset=0&length=999999999")))
                .hasSize("{\"data\":\"\",\"offset\":0}".length() + 6 * SandboxFiles.LONGEST);
        assertThat(text(read(large.toString(), "&offset=0&length=1"))).isEqualTo("{\"data\":\"\\u0000\",\"offset\":0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "relative",
                "WORK/secret",
                "WORK/agents/S0/secret",
                "WORK/agents/S0/executors/e/runs/r1/../../../../../../secret",
                "WORK/agents/S0/executors/e/runs/r1/../r2/secret",
                "WORK/agents/S0/executors/e/runs/../../secret",
                "WORK/agents/S0/executors/e/runs/r1/containers/c/link",
                "WORK/agents/S0/executors/e/runs/r1/containers/c/sibling",
                "WORK/agents/S0/executors/e/runs/r1/containers/c/up/secret",
                "WORK/agents/S0/executors/e/runs/linked/secret",
                "WORK/agents/S0/executors/e/runs/r1/containers",
                "WORK/agents/S0/executors/e/runs/r1/\0"
            })
    void thereIsNoWayOut(String path) throws IOException {
        Path container = run.resolve("containers/c");
        Files.createSymbolicLink(container.resolve("link"), work.resolve("secret"));
        Files.createSymbolicLink(
                container.resolve("sibling"), run.resolveSibling("r2").resolve("secret"));
        Files.createSymbolicLink(container.resolve("up"), work);
        Files.createSymbolicLink(run.resolveSibling("linked"), work);

        Response.Whole answer = read(path.replace("WORK", work.toString()), "&offset=0");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).doesNotContain("hunter2", "root");
    }

    @ParameterizedTest
    @CsvSource({"&offset=-2, 400", "&offset=x, 400", "&offset=0&length=-2, 400", "&offset=0&length=x, 400"})
    void numbersThatAreNoneAreRefused(String query, int status) {
        assertThat(read(run + "/tasks/e.web/stdout", query).status()).isEqualTo(status);
    }

    @Test
    void fileThatIsNotThereIsNotFound() {
        assertThat(read(run + "/tasks/e.web/stderr", "&offset=0").status()).isEqualTo(404);
        assertThat(files.read(Query.of("")).status()).isEqualTo(400);
        assertThat(files.read(Query.of("path=%zz")).status()).isEqualTo(400);
    }

    @Test
    void directoryIsBrowsedWithinASandboxOnly() {
        var inside = (Response.Whole) files.browse(Query.of("path=" + run + "/tasks/e.web"));
        var outside = (Response.Whole) files.browse(Query.of("path=" + work));

        assertThat(text(inside))
                .contains("\"path\":\"" + run + "/tasks/e.web/stdout\"")
                .contains("\"size\":7");
        assertThat(outside.status()).isEqualTo(400);
    }

    @Test
    void runsAreToldWithTheirTasks() {
        assertThat(files.runs("S0").get("e"))
                .extracting(SandboxFiles.RunDirectory::path)
                .containsExactlyInAnyOrder(
                        run.toString(), run.resolveSibling("r2").toString());
        assertThat(files.runs("S1")).isEmpty();
    }
}
