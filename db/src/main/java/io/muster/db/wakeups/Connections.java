package io.muster.db.wakeups;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection that nobody else uses; not through a pooler that shares sessions. */
@FunctionalInterface
public interface Connections {
    Connection open() throws SQLException;
}
