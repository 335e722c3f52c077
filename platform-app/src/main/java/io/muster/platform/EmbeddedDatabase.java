package io.muster.platform;

import io.muster.db.DatabaseUser;
import io.muster.db.EmbeddedPostgres;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A PostgreSQL of our own, where {@code spring.datasource.url} names none. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "embedded")
class EmbeddedDatabase {

    @Bean
    EmbeddedPostgres embeddedPostgres(MusterProperties properties) {
        return EmbeddedPostgres.start(EmbeddedPostgres.Settings.in(
                properties.dataDirectory().toAbsolutePath().resolve("postgres")));
    }

    /** The application works with the least it needs. */
    @Bean
    JdbcConnectionDetails appConnection(EmbeddedPostgres postgres) {
        DatabaseUser app = postgres.app();
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return app.name();
            }

            @Override
            public String getPassword() {
                return app.password();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.jdbcUrl(EmbeddedPostgres.DATABASE);
            }
        };
    }

    /** Only the migrations own the schema. */
    @Bean
    FlywayConnectionDetails ownerConnection(EmbeddedPostgres postgres) {
        DatabaseUser owner = postgres.owner();
        return new FlywayConnectionDetails() {
            @Override
            public String getUsername() {
                return owner.name();
            }

            @Override
            public String getPassword() {
                return owner.password();
            }

            @Override
            public String getJdbcUrl() {
                return postgres.jdbcUrl(EmbeddedPostgres.DATABASE);
            }
        };
    }
}
