package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

class StoreMetersTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void aDatabaseThatDoesNotAnswerKeepsTheOtherMetricsBackOnce() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            new StoreMeters(JdbcClient.create(slow(database.appDataSource())), now::get).bindTo(registry);
            long began = System.nanoTime();

            assertThat(value("muster.deployments.active")).isNaN();
            assertThat(value("muster.deployments.oldest.age")).isNaN();
            registry.find("muster.instances")
                    .gauges()
                    .forEach(gauge -> assertThat(gauge.value()).isNaN());
            now.updateAndGet(time -> time.plusSeconds(5));
            assertThat(value("muster.deployments.active")).isNaN();
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("all seven together")
                    .isLessThan(Duration.ofSeconds(5));

            answer.countDown();
            now.updateAndGet(time -> time.plusSeconds(10));

            assertThat(value("muster.deployments.active")).isZero();
            assertThat(value("muster.deployments.oldest.age")).isZero();
            assertThat(registry.find("muster.instances").gauges()).hasSize(4).allMatch(gauge -> gauge.value() == 0);
        }
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    /** Answers when it may. */
    private DataSource slow(DataSource database) {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    answer.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw new SQLException(stopped);
                }
                return database.getConnection();
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
    }
}
