package io.muster.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files of the migrations. What was once applied to somebody's database stays as it is: Flyway refuses a database whose
 * migrations it does not know by their content.
 */
class MigrationFilesTest {

    private static final Path DIRECTORY = Path.of("src/main/resources/db/migration");

    /** In the form of sha256sum, which checks it as well. */
    private static final Path DIGESTS = Path.of("src/test/resources/migrations.sha256");

    private static final Pattern MIGRATION = Pattern.compile("V([1-9][0-9]*)__[a-z0-9_]+\\.sql");
    private static final String AFTER_EACH = "afterMigrate__";

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.startsWith(AFTER_EACH))
                    .sorted()
                    .toList();
        }
    }

    private static String line(String file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(DIRECTORY.resolve(file)));
            return HexFormat.of().formatHex(digest) + "  " + file;
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void goForwardOnly() throws IOException {
        assertThat(files()).allMatch(file -> MIGRATION.matcher(file).matches());
    }

    @Test
    void haveANumberEachThatNoOtherHas() throws IOException {
        assertThat(files().stream()
                        .map(MIGRATION::matcher)
                        .filter(Matcher::matches)
                        .map(file -> file.group(1)))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void areNeverEdited() throws IOException {
        List<String> committed = Files.readAllLines(DIGESTS);
        List<String> found = files().stream().map(MigrationFilesTest::line).toList();

        assertThat(committed)
                .as("migrations that were edited or taken away; bring them back, and write a new one")
                .allMatch(found::contains);
        assertThat(found).as("new migrations; add their lines to %s", DIGESTS).allMatch(committed::contains);
    }
}
