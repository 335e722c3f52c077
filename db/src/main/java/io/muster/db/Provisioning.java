package io.muster.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.util.PasswordUtil;

/** The roles and the database that Muster needs in a server it administers. */
public final class Provisioning {
    private Provisioning() {}

    /**
     * Makes what does not exist yet, and changes nothing that does: the two roles with their passwords, and the database,
     * which belongs to the owner and which only these two may connect to.
     *
     * @param administrator connects to another database of the server, as somebody who may do all this
     */
    public static void provision(DataSource administrator, String database, DatabaseUser owner, DatabaseUser app)
            throws SQLException {
        try (var connection = administrator.getConnection();
                var statement = connection.createStatement()) {
            createRole(connection, owner);
            createRole(connection, app);
            var quoted = statement.enquoteIdentifier(database, true);
            if (!exists(connection, "select from pg_database where datname = ?", database)) {
                statement.execute("create database " + quoted + " owner " + quote(statement, owner));
            }
            statement.execute("revoke all on database " + quoted + " from public");
            statement.execute("grant connect on database " + quoted + " to " + quote(statement, app));
        }
    }

    private static void createRole(Connection connection, DatabaseUser user) throws SQLException {
        if (exists(connection, "select from pg_roles where rolname = ?", user.name())) {
            return;
        }
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("create role " + quote(statement, user) + " login");
            // Sends the verifier and not the password, which therefore cannot get into the server's log.
            statement.execute(PasswordUtil.genAlterUserPasswordSQL(
                    user.name(), user.password().toCharArray(), "scram-sha-256"));
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String quote(Statement statement, DatabaseUser user) throws SQLException {
        return statement.enquoteIdentifier(user.name(), true);
    }
}
