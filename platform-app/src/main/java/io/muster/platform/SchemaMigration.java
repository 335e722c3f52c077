package io.muster.platform;

import io.muster.platform.settings.SettingsCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Brings the schema up to date and ends, so that the role that owns it need not be known to the processes that go on
 * running. It reads the same settings as Muster does; {@code muster.database.migrate} means nothing to it. Any number of
 * these may run at once: they wait for each other.
 */
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Import(SchemaGrants.class)
public final class SchemaMigration {

    /** The first argument of the program that asks for this, and for nothing else. */
    public static final String ARGUMENT = "migrate";

    private static final Logger LOG = LoggerFactory.getLogger(SchemaMigration.class);

    /**
     * Returns when the schema is up to date.
     *
     * @param arguments settings besides those of the environment
     * @throws RuntimeException if it could not be brought up to date; the log says why
     */
    public static void run(String[] arguments) {
        new SpringApplicationBuilder(SchemaMigration.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> {
                    SettingsCheck.requireKnownNames(context.getEnvironment());
                    requireDatabase(context.getEnvironment());
                })
                .run(arguments)
                .close();
        LOG.info("the schema of the database is up to date");
    }

    private static void requireDatabase(Environment settings) {
        if (!settings.containsProperty("spring.datasource.url")) {
            throw new IllegalStateException("spring.datasource.url is not set: name the database to migrate."
                    + " The embedded one is migrated whenever Muster starts");
        }
    }
}
