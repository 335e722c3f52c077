package io.muster.platform;

import java.util.Map;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The role that the migrations give rights to: the one the application works as. */
@Configuration(proxyBeanMethods = false)
class SchemaGrants {

    @Bean
    FlywayConfigurationCustomizer grantsToTheApplication(JdbcConnectionDetails connection) {
        return configuration -> {
            String user = connection.getUsername();
            if (user == null) {
                throw new IllegalStateException(
                        "spring.datasource.username is not set: name the database role that Muster works as");
            }
            configuration.placeholders(Map.of("appRole", user));
        };
    }
}
