package io.muster.deploy.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.db.testing.TestDatabase;
import io.muster.deploy.leadership.LeaderLease.Renewal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The lease between two processes, on the clock of the database. */
class LeaderLeaseTest {

    private static final Duration TTL = Duration.ofMinutes(1);

    private final TestDatabase database = TestDatabase.create();
    private final AtomicReference<Connection> ofOne = new AtomicReference<>();
    private final LeaderLease one = new LeaderLease(() -> {
        ofOne.set(database.appDataSource().getConnection());
        return ofOne.get();
    });
    private final LeaderLease two =
            new LeaderLease(() -> database.appDataSource().getConnection());

    @AfterEach
    void close() throws SQLException {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void onlyOneHoldsIt() throws SQLException {
        assertThat(one.acquire("one", TTL)).hasValue(1);
        assertThat(two.acquire("two", TTL)).isEmpty();
        assertThat(two.holder()).contains("one");
    }

    @Test
    void tellsWhereTheHolderIsReachedAsLongAsItHolds() throws SQLException {
        var leader = new CurrentLeader(JdbcClient.create(database.appDataSource()));
        one.acquire("one", TTL);
        one.announce("one", "one.example:8080");
        two.announce("two", "two.example:8080");

        assertThat(leader.address()).contains("one.example:8080");
        one.release("one");
        assertThat(leader.address()).isEmpty();
    }

    @Test
    void everyTermHasALaterEpoch() throws SQLException {
        OptionalLong first = one.acquire("one", TTL);
        one.release("one");

        assertThat(two.acquire("two", TTL).orElseThrow()).isGreaterThan(first.orElseThrow());
    }

    @Test
    void passesOnWhenItHasRunOut() throws SQLException {
        one.acquire("one", TTL);
        letItRunOut();

        assertThat(two.acquire("two", TTL)).isPresent();
        assertThat(one.renew("one", 1, TTL))
                .as("the earlier holder cannot prolong it")
                .isEqualTo(Renewal.LOST);
    }

    @Test
    void isProlongedByItsHolder() throws SQLException {
        one.acquire("one", TTL);
        one.announce("one", "one.example:8080");
        letItRunOut();

        assertThat(one.renew("one", 1, TTL)).isEqualTo(Renewal.PROLONGED);
        assertThat(two.acquire("two", TTL)).isEmpty();
    }

    @Test
    void isTakenUpByTheNextProcessOfTheSameNameAtOnce() throws SQLException {
        one.acquire("one", TTL);

        assertThat(two.acquire("one", TTL)).hasValue(2);
        assertThat(one.renew("one", 1, TTL)).as("of the process before").isEqualTo(Renewal.LOST);
    }

    @Test
    void connectsAgainAfterItsConnectionBroke() throws SQLException {
        one.acquire("one", TTL);
        one.announce("one", "one.example:8080");
        ofOne.get().abort(Runnable::run);

        assertThatThrownBy(() -> one.renew("one", 1, TTL)).isInstanceOf(SQLException.class);
        assertThat(one.renew("one", 1, TTL)).isEqualTo(Renewal.PROLONGED);
    }

    @Test
    void itsHolderIsToldOfTheWishForAnotherAndKeepsItUntilThen() throws SQLException {
        var leader = new CurrentLeader(JdbcClient.create(database.appDataSource()));
        assertThat(leader.askToStepDown()).as("nobody leads").isFalse();
        one.acquire("one", TTL);
        one.announce("one", "one.example:8080");

        assertThat(leader.askToStepDown()).isTrue();

        assertThat(leader.address()).isEmpty();
        assertThat(leader.askToStepDown()).as("once is enough").isFalse();
        assertThat(two.acquire("two", TTL)).as("it still acts").isEmpty();
        assertThat(one.renew("one", 1, TTL)).isEqualTo(Renewal.ASKED_TO_STEP_DOWN);
        one.release("one");
        assertThat(two.acquire("two", TTL)).hasValue(2);
        two.announce("two", "two.example:8080");
        assertThat(two.renew("two", 2, TTL))
                .as("the wish was for the one before")
                .isEqualTo(Renewal.PROLONGED);
    }

    /** On a clock of their own: whenever another tries for the first time, it does before the one that stepped down. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_999, 2_000})
    void whoStepsDownLetsEveryOtherTryBefore(long first) {
        var settings = LeadershipSettings.defaults("x");
        assertThat(settings.poll()).hasMillis(2_000);

        assertThat(settings.abstention()).isGreaterThan(Duration.ofMillis(first));
    }

    private void letItRunOut() throws SQLException {
        try (Connection connection = database.ownerDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update leader_lease set expires_at = clock_timestamp() - interval '1 second'");
        }
    }
}
