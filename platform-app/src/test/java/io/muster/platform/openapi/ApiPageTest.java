package io.muster.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page docs/api.md, held against the routes. */
class ApiPageTest {

    private static final Path PAGE = Path.of("../docs/api.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\| (.*) \\|$");

    private record Row(String request, String words) {}

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> new Row(row.group(1), row.group(2)))
                .toList();
    }

    @Test
    void namesEveryRouteOnceAndNoOther() throws IOException {
        List<String> routes = ApiDescription.routes().stream()
                .map(route -> route.method().name().toUpperCase(Locale.ROOT) + " " + route.path())
                .toList();

        assertThat(rows()).extracting(Row::request).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void saysWhichRoutesNeedARoleOfTheirOwn() throws IOException {
        List<String> forAdmins = ApiDescription.routes().stream()
                .filter(route ->
                        "admin".equals(route.operation().getExtensions().get("x-muster-role")))
                .map(route -> route.method().name().toUpperCase(Locale.ROOT) + " " + route.path())
                .toList();

        assertThat(rows())
                .filteredOn(row -> row.words().endsWith("*admin*"))
                .extracting(Row::request)
                .containsExactlyInAnyOrderElementsOf(forAdmins);
    }
}
