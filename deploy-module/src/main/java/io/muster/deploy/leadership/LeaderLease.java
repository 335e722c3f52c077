package io.muster.deploy.leadership;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lease row and the epoch row (ADR 0004). All times are those of the database. It keeps one
 * connection of its own, so that a busy pool never costs the leadership.
 */
public final class LeaderLease implements AutoCloseable {

    /** Opens a connection that nobody else uses. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    private static final String TAKE = """
            update leader_lease set holder = ?, expires_at = clock_timestamp() + make_interval(secs => ?)
            where one = 1 and (holder is null or holder = ? or expires_at < clock_timestamp())
            """;
    private static final String NEXT_EPOCH = "update leader_epoch set epoch = epoch + 1 where one = 1 returning epoch";
    private static final String RENEW = """
            update leader_lease set expires_at = clock_timestamp() + make_interval(secs => ?)
            where one = 1 and holder = ? and exists (select 1 from leader_epoch where one = 1 and epoch = ?)
            returning address is not null
            """;
    private static final String RELEASE = "update leader_lease set holder = null where one = 1 and holder = ?";
    private static final String ANNOUNCE = "update leader_lease set address = ? where one = 1 and holder = ?";
    private static final String HOLDER =
            "select holder from leader_lease where one = 1 and expires_at >= clock_timestamp()";

    private final Connections connections;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private @Nullable Connection connection;

    public LeaderLease(Connections connections) {
        this.connections = connections;
    }

    /**
     * Takes the lease if it is free, has run out, or was held under this name by an earlier process.
     *
     * @return the new epoch; empty if somebody else leads
     */
    OptionalLong acquire(String holder, Duration ttl) throws SQLException {
        return inTransaction(open -> {
            try (PreparedStatement take = open.prepareStatement(TAKE);
                    PreparedStatement next = open.prepareStatement(NEXT_EPOCH)) {
                take.setString(1, holder);
                take.setDouble(2, seconds(ttl));
                take.setString(3, holder);
                if (take.executeUpdate() == 0) {
                    return OptionalLong.empty();
                }
                try (ResultSet epoch = next.executeQuery()) {
                    epoch.next();
                    return OptionalLong.of(epoch.getLong(1));
                }
            }
        });
    }

    /** What came of a renewal. */
    enum Renewal {
        PROLONGED,
        /** Prolonged, and somebody wants another to hold it: see {@link CurrentLeader#askToStepDown}. */
        ASKED_TO_STEP_DOWN,
        LOST
    }

    /** Prolongs it, if it still is that of this holder and epoch. */
    Renewal renew(String holder, long epoch, Duration ttl) throws SQLException {
        return inTransaction(open -> {
            try (PreparedStatement renew = open.prepareStatement(RENEW)) {
                renew.setDouble(1, seconds(ttl));
                renew.setString(2, holder);
                renew.setLong(3, epoch);
                try (ResultSet announced = renew.executeQuery()) {
                    if (!announced.next()) {
                        return Renewal.LOST;
                    }
                    return announced.getBoolean(1) ? Renewal.PROLONGED : Renewal.ASKED_TO_STEP_DOWN;
                }
            }
        });
    }

    /** Tells where clients reach the holder; does nothing for anybody else. */
    void announce(String holder, String address) throws SQLException {
        inTransaction(open -> {
            try (PreparedStatement announce = open.prepareStatement(ANNOUNCE)) {
                announce.setString(1, address);
                announce.setString(2, holder);
                return announce.executeUpdate();
            }
        });
    }

    /** Lets the next leader in at once. */
    void release(String holder) throws SQLException {
        inTransaction(open -> {
            try (PreparedStatement release = open.prepareStatement(RELEASE)) {
                release.setString(1, holder);
                return release.executeUpdate();
            }
        });
    }

    /** Who leads now. */
    Optional<String> holder() throws SQLException {
        return inTransaction(open -> {
            try (PreparedStatement select = open.prepareStatement(HOLDER);
                    ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        oneAtATime.lock();
        try {
            discard();
        } finally {
            oneAtATime.unlock();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection open) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        oneAtATime.lock();
        try {
            Connection open = connection();
            T result = work.on(open);
            open.commit();
            return result;
        } catch (SQLException broken) {
            discard();
            throw broken;
        } finally {
            oneAtATime.unlock();
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = connections.open();
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private void discard() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException alreadyGone) {
                // It is given up because it failed; that closing it fails as well adds nothing.
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
