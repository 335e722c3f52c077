package io.muster.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which server is talked to, as whom, and who is not told. */
class ConnectionTest {

    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    private Path file(String permissions, String text) throws IOException {
        Path path = home.resolve(".config/muster/config.properties");
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static Source flags(@Nullable String url, @Nullable String token, @Nullable String user) {
        return new Source(url, token, user, null, null, null);
    }

    private Connection connection(Source flags, @Nullable String context) {
        return new Configuration(environment, home).connection(flags, null, context);
    }

    private Connection connection(Source flags) {
        return connection(flags, null);
    }

    @Test
    void withoutAnythingItIsTheLocalServerAndNobody() {
        Connection connection = connection(Source.NONE);

        assertThat(connection.server()).hasToString("http://localhost:8080");
        assertThat(connection.credentials()).isEmpty();
        assertThat(connection.warnings()).isEmpty();
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
        file("rw-------", "context=a\na.url=https://a.example\na.token=of-a\nb.url=https://b.example\nb.token=of-b\n");

        assertThat(connection(Source.NONE).server()).hasToString("https://a.example");
        assertThat(connection(Source.NONE, "b").credentials()).contains(new Credentials.Token("of-b"));
        environment.put("MUSTER_CONTEXT", "b");
        assertThat(connection(Source.NONE).server()).hasToString("https://b.example");
        environment.put("MUSTER_URL", "https://environment.example");
        environment.put("MUSTER_TOKEN", "of-environment");
        assertThat(connection(Source.NONE).server()).hasToString("https://environment.example");
        assertThat(connection(Source.NONE).credentials()).contains(new Credentials.Token("of-environment"));
        Connection connection = connection(flags("https://flag.example/", "of-flag", null));
        assertThat(connection.server()).hasToString("https://flag.example");
        assertThat(connection.credentials()).contains(new Credentials.Token("of-flag"));
    }

    @Test
    void tokenOfTheFileStaysWithItsServer() throws IOException {
        file("rw-------", "context=a\na.url=https://a.example\na.token=hunter2\n");

        Connection elsewhere = connection(flags("https://b.example", null, null));

        assertThat(elsewhere.credentials()).isEmpty();
        assertThat(elsewhere.warnings())
                .singleElement()
                .asString()
                .contains("not sent")
                .doesNotContain("hunter2");
        assertThat(connection(flags("https://A.example:443/", null, null)).credentials())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--"})
    void tokenInAFileThatOthersReadIsNotUsed(String permissions) throws IOException {
        file(permissions, "context=a\na.url=https://a.example\na.token=hunter2\n");

        Connection connection = connection(Source.NONE);

        assertThat(connection.server()).hasToString("https://a.example");
        assertThat(connection.credentials()).isEmpty();
        assertThat(connection.warnings())
                .singleElement()
                .asString()
                .contains("chmod 600")
                .doesNotContain("hunter2");
    }

    @Test
    void fileWithoutSecretsMayBeReadByAll() throws IOException {
        file("rw-r--r--", "context=a\na.url=https://a.example\n");

        assertThat(connection(Source.NONE).warnings()).isEmpty();
    }

    @Test
    void tokenOnAnOpenConnectionIsAWarning() {
        environment.put("MUSTER_TOKEN", "hunter2");

        assertThat(connection(Source.NONE).warnings()).isEmpty();
        assertThat(connection(flags("http://m.example:8080", null, null)).warnings())
                .singleElement()
                .asString()
                .contains("not encrypted")
                .doesNotContain("hunter2");
    }

    @Test
    void passwordOfAUserMayComeFromTheEnvironment() {
        assertThatThrownBy(() -> connection(flags(null, null, "ada"))).hasMessageContaining("MUSTER_PASSWORD");
        environment.put("MUSTER_PASSWORD", "hunter2");

        Credentials credentials =
                connection(flags(null, null, "ada")).credentials().orElseThrow();

        assertThat(credentials.header()).isEqualTo("Basic YWRhOmh1bnRlcjI=");
        assertThat(credentials).asString().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a.example", "https://user:hunter2@a.example", "http://", "http://a b", "http://a?b=c"})
    void addressThatCannotBeUsedIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> connection(flags(url, null, null)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be like")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void hostAloneIsAnAddress() {
        assertThat(connection(flags("m1.example:8080", null, null)).server()).hasToString("http://m1.example:8080");
    }

    @Test
    void mistakesInTheFileAreTold() throws IOException {
        file("rw-------", "a.url=https://a.example\na.tokn=x\n");
        assertThatThrownBy(() -> connection(Source.NONE)).hasMessageContaining("'a.tokn' means nothing");
        file("rw-------", "a.url=https://a.example\n");
        assertThatThrownBy(() -> connection(Source.NONE, "b"))
                .hasMessageContaining("no context 'b'")
                .hasMessageEndingWith("but a");
        file("rw-------", "context=a\na.token=x\na.user=y\n");
        assertThatThrownBy(() -> connection(Source.NONE)).hasMessageContaining("both a token and a user");
    }

    @Test
    void contextWithoutAFileIsTold() {
        assertThatThrownBy(() -> connection(Source.NONE, "b")).hasMessageContaining("there is no file");
    }
}
