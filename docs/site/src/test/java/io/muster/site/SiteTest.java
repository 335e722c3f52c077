package io.muster.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small repository with three pages and a picture. */
class SiteTest {

    @TempDir
    private Path root;

    @BeforeEach
    void write() throws IOException {
        file("docs/navigation.txt", "Begin\n    README.md   Start\n    docs/a.md  The A\n");
        file("README.md", "# Quick\n\n[a](docs/a.md#two-words), ![p](docs/p.png)\n");
        file("docs/a.md", "# A\n\n## Two words\n\n[back](../README.md)\n");
        file("docs/p.png", "a picture");
        file("docs/site/notes.md", "# For those who make the site");
        Files.createDirectories(root.resolve("examples"));
        Files.createDirectories(root.resolve("helm"));
    }

    private void file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void hasNothingToComplainOf() throws IOException {
        assertThat(Site.read(root).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[x](b.md)                 | (b.md) leads to docs/b.md, which does not exist",
                "![x](q.png)               | (q.png) leads to docs/q.png, which does not exist",
                "[x](#two-word)            | (#two-word) leads to #two-word, and docs/a.md has no such heading",
                "[x](../README.md#quack)   | (../README.md#quack) leads to #quack, and README.md has no such heading",
                "[x](../../elsewhere.md)   | (../../elsewhere.md) leads out of the repository",
                "[x](/docs/a.md)           | (/docs/a.md) is neither relative nor has it a scheme",
                "[x](http:///no/host)      | (http:///no/host) names no host",
                "[x](http:host)            | (http:host) names no host",
                "[x](ftp://host/x)         | (ftp://host/x) has the scheme ftp, and not http or https"
            })
    void namesLinksThatLeadNowhere(String link, String complaint) throws IOException {
        file("docs/a.md", "# A\n\n## Two words\n\n" + link + "\n");

        assertThat(Site.read(root).problems())
                .singleElement()
                .asString()
                .startsWith("docs/a.md: the link " + complaint);
    }

    @Test
    void wantsAReadmeInADirectoryThatIsLinkedTo() throws IOException {
        file("README.md", "# Quick\n\n[a](docs)\n");

        assertThat(Site.read(root).problems())
                .containsExactly("README.md: the link (docs) leads to docs/README.md, which does not exist");
    }

    @Test
    void namesPagesThatTheNavigationLacks() throws IOException {
        file("docs/forgotten.md", "# Forgotten\n");

        assertThat(Site.read(root).problems())
                .containsExactly(
                        "docs/forgotten.md is not in docs/navigation.txt: add a line with its path and a title");
    }

    @Test
    void namesPagesThatTheNavigationHasTwice() throws IOException {
        file("docs/navigation.txt", "Begin\n    README.md  Start\n    docs/a.md  A\nEnd\n    docs/a.md  A again\n");

        assertThat(Site.read(root).problems()).containsExactly("docs/a.md is in docs/navigation.txt twice");
    }

    @Test
    void namesPagesOfADirectoryThatItsReadmeForgets() throws IOException {
        file("docs/navigation.txt", "Begin\n    README.md  Start\n    docs/a.md  A\n    docs/adr/  Decisions\n");
        file("docs/adr/README.md", "# Decisions\n\n[one](0001-one.md)\n");
        file("docs/adr/0001-one.md", "# One\n");
        file("docs/adr/0002-two.md", "# Two\n");

        assertThat(Site.read(root).problems())
                .containsExactly("docs/adr/0002-two.md has no link from docs/adr/README.md");
    }

    @Test
    void doesNotReadANavigationToWhatIsNotThere() throws IOException {
        file("docs/navigation.txt", "Begin\n    README.md  Start\n    docs/b.md  B\n");

        assertThatThrownBy(() -> Site.read(root))
                .isInstanceOf(IOException.class)
                .hasMessage("docs/navigation.txt names docs/b.md, which does not exist");
    }

    @Test
    void writesPagesThatLinkToEachOther() throws IOException {
        Path target = root.resolve("target");

        Site.read(root).write(target);

        assertThat(target.resolve("index.html"))
                .content()
                .contains("<title>Quick · Muster</title>", "href=\"a.html#two-words\"", "src=\"p.png\"")
                .contains("<a href=\"index.html\" aria-current=\"page\">Start</a>", "Next: <a href=\"a.html\">A</a>");
        assertThat(target.resolve("a.html")).content().contains("<h2 id=\"two-words\">", "href=\"index.html\"");
        assertThat(target.resolve("p.png")).hasContent("a picture");
        assertThat(target.resolve("site.css")).isNotEmptyFile();
    }

    @Test
    void linksUpwardsFromADirectory() throws IOException {
        file("docs/navigation.txt", "Begin\n    README.md  Start\n    docs/a.md  A\n    docs/adr/  Decisions\n");
        file("docs/adr/README.md", "# Decisions\n\n[one](0001-one.md)\n");
        file("docs/adr/0001-one.md", "# One <b>\n\n[a](../a.md), [all](.), [start](../../README.md)\n");

        Site.read(root).write(root.resolve("target"));

        assertThat(root.resolve("target/adr/0001-one.html"))
                .content()
                .contains("href=\"../a.html\"", "href=\"index.html\"", "href=\"../index.html\"", "href=\"../site.css\"")
                .doesNotContain("<b>");
    }
}
