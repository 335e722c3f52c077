package io.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table and the pictures of the page are made from the results that lie beside it. */
class BenchmarksPageTest {

    private static final Path PAGE = Path.of("../docs/benchmarks.md");
    private static final Path PICTURES = Path.of("../docs/benchmarks");

    private final List<Report.Line> lines;

    BenchmarksPageTest() throws IOException {
        lines = Charts.read(PICTURES.resolve("scale.jsonl"));
    }

    @Test
    void theTableIsThatOfTheResults() throws IOException {
        assertThat(lines).isNotEmpty();
        assertThat(Files.readString(PAGE)).contains(ScaleTable.markdown(lines));
    }

    @Test
    void thePicturesAreThoseOfTheResults() throws IOException {
        assertThat(PICTURES.resolve("cost.svg")).hasContent(Charts.cost(lines));
        assertThat(PICTURES.resolve("growth.svg")).hasContent(Charts.growth(lines));
        assertThat(Files.readString(PAGE)).contains("(benchmarks/cost.svg)", "(benchmarks/growth.svg)");
    }
}
