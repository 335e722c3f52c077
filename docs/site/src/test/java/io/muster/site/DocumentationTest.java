package io.muster.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation of this repository, and the site that is made of it. */
class DocumentationTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern NAME = Pattern.compile("\\bid=\"([^\"]*)\"");

    @TempDir
    private static Path made;

    private static List<Path> pages = List.of();

    @BeforeAll
    static void makeTheSite() throws IOException {
        Site.read(ROOT).write(made);
        try (Stream<Path> files = Files.walk(made)) {
            pages = files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyLinkLeadsSomewhereAndEveryPageCanBeFound() throws IOException {
        assertThat(Site.read(ROOT).problems()).isEmpty();
    }

    @Test
    void everyPageHasOneHeadingOfTheFirstLevel() throws IOException {
        assertThat(Site.read(ROOT).pages().values())
                .allSatisfy(page -> assertThat(page.headings().stream().filter(heading -> heading.level() == 1))
                        .as(page.source())
                        .hasSize(1));
    }

    @Test
    void everyLinkOfTheSiteLeadsToAFileAndANameInIt() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            LINK.matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.startsWith("http") && !link.equals("data:,"))
                    .filter(link -> !leadsSomewhere(page, link))
                    .forEach(link -> broken.add(made.relativize(page) + ": " + link));
        }

        assertThat(pages).hasSizeGreaterThan(30);
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        if (!target.normalize().startsWith(made) || !Files.isRegularFile(target)) {
            return false;
        }
        return hash < 0 || names(target).contains(link.substring(hash + 1));
    }

    private static List<String> names(Path page) {
        try {
            Matcher names = NAME.matcher(Files.readString(page));
            return names.results().map(name -> name.group(1)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void theSiteAsksNobodyOutsideAndRunsNothing() throws IOException {
        for (Path page : pages) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .doesNotContain("<script", "src=\"http", "rel=\"stylesheet\" href=\"http");
        }
        assertThat(made.resolve("site.css")).content().doesNotContain("@import", "url(");
    }
}
