package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.db.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart gives settings that there are, and files that are found. Its own tests keep the settings that are read here. */
class ChartSettingsTest {

    private static final Path SETTINGS = Path.of("../helm/src/test/resources/golden/application.yaml");
    /** The chart asks for an authentication mode even where a build has none to choose from. */
    private static final String LOCKS = "muster.security.";

    private static final JsonMapper JSON = new JsonMapper();

    /** The chart asks for logs that machines read; tests after these are read by people. */
    @AfterEach
    void forgetTheFormOfTheLog() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
    }

    @Test
    void everySettingIsOneThatThereIs() throws IOException {
        Set<String> known = new HashSet<>();
        Set<String> maps = new HashSet<>();
        for (URL metadata : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : JSON.readTree(in).get("properties")) {
                    known.add(property.get("name").asString());
                    if (property.path("type").asString("").startsWith("java.util.Map")) {
                        maps.add(property.get("name").asString() + ".");
                    }
                }
            }
        }

        if (known.stream().noneMatch(name -> name.startsWith(LOCKS))) {
            maps.add(LOCKS);
        }

        assertThat(names())
                .hasSizeGreaterThan(20)
                .allMatch(name -> known.contains(name) || maps.stream().anyMatch(name::startsWith));
    }

    @Test
    void theMigrationReadsTheMountedSettingsAndRoles(@TempDir Path pod) throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            Path roles = Files.createDirectory(pod.resolve("roles"));
            // As Kubernetes mounts a secret: the files are links into a directory with a hidden name.
            Path hidden = Files.createDirectory(roles.resolve("..data"));
            Map.of(
                            "spring.datasource.username", database.app().name(),
                            "spring.datasource.password", database.app().password(),
                            "spring.flyway.user", database.owner().name(),
                            "spring.flyway.password", database.owner().password())
                    .forEach((name, value) -> link(hidden, roles, name, value));
            Path config = Files.createDirectory(pod.resolve("config"));
            Files.writeString(
                    config.resolve("application.yaml"),
                    Files.readString(SETTINGS)
                            .replace("/run/muster/database/", roles + "/")
                            .replace("jdbc:postgresql://db.example:5432/muster", database.jdbcUrl()));

            SchemaMigration.run(new String[] {"--spring.config.additional-location=file:" + config + "/"});

            assertThat(JdbcClient.create(database.appDataSource())
                            .sql("select count(*) from pod")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    private static void link(Path hidden, Path roles, String name, String value) {
        try {
            Files.writeString(hidden.resolve(name), value + "\n");
            Files.createSymbolicLink(roles.resolve(name), Path.of("..data", name));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** Of all settings, without the places in lists. */
    private static Stream<String> names() throws IOException {
        List<PropertySource<?>> documents =
                new YamlPropertySourceLoader().load("chart", new FileSystemResource(SETTINGS));
        return documents.stream()
                .flatMap(document -> Stream.of(((EnumerablePropertySource<?>) document).getPropertyNames()))
                .map(name -> name.replaceAll("\\[\\d+]", ""));
    }
}
