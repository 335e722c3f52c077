package io.muster.platform;

import io.muster.deploy.leadership.LeaderLease;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the floors below need of the database, wherever it comes from. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {

    /** The role that the migrations give rights to: the one the application works as. */
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

    /** On a connection of its own, so that a busy pool never costs the leadership. */
    @Bean
    LeaderLease leaderLease(JdbcConnectionDetails connection) {
        return new LeaderLease(() -> {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "muster-lease");
            // Half the shortest sensible lease: a connection that hangs must not outlive it.
            properties.setProperty("connectTimeout", "5");
            properties.setProperty("socketTimeout", "5");
            if (connection.getUsername() != null) {
                properties.setProperty("user", connection.getUsername());
            }
            if (connection.getPassword() != null) {
                properties.setProperty("password", connection.getPassword());
            }
            return DriverManager.getConnection(connection.getJdbcUrl(), properties);
        });
    }
}
