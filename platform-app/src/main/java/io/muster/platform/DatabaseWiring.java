package io.muster.platform;

import io.muster.db.wakeups.Connections;
import io.muster.db.wakeups.Wakeups;
import io.muster.deploy.leadership.LeaderLease;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the floors below need of the database, wherever it comes from. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {

    /** On a connection of its own, so that a busy pool never costs the leadership. */
    @Bean
    LeaderLease leaderLease(JdbcConnectionDetails connection) {
        // Half the shortest sensible lease: a connection that hangs must not outlive it.
        return new LeaderLease(() -> open(connection, "muster-lease", Map.of("socketTimeout", "5")));
    }

    @Bean
    Wakeups wakeups(JdbcConnectionDetails connection, MusterProperties properties) {
        Connections own = () -> open(connection, "muster-wakeups", Map.of());
        return new Wakeups(properties.database().listen() ? Optional.of(own) : Optional.empty());
    }

    /** When everybody who wants to be woken has said so. */
    @Bean
    SmartInitializingSingleton beginningOfWakeups(Wakeups wakeups) {
        return wakeups::start;
    }

    /** Outside of the pool. */
    private static Connection open(JdbcConnectionDetails details, String name, Map<String, String> more)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", "5");
        properties.putAll(more);
        if (details.getUsername() != null) {
            properties.setProperty("user", details.getUsername());
        }
        if (details.getPassword() != null) {
            properties.setProperty("password", details.getPassword());
        }
        return DriverManager.getConnection(details.getJdbcUrl(), properties);
    }
}
