package io.muster.db.rows;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One statement for any number of rows: each column travels as one array parameter, which {@code unnest} turns back into
 * rows. Values are sent as text and cast in the statement.
 */
public final class MultiRow<T> {

    private final String sql;
    private final List<Function<T, ? extends @Nullable Object>> columns = new ArrayList<>();

    /**
     * A statement without columns yet.
     *
     * @param sql with one {@code ?} for each column, in the order in which the columns are added
     */
    public MultiRow(String sql) {
        this.sql = sql;
    }

    /**
     * Adds a column.
     *
     * @param value what a row has in it; sent as {@link Object#toString} says it, and null as null
     */
    public MultiRow<T> column(Function<T, ? extends @Nullable Object> value) {
        columns.add(value);
        return this;
    }

    /**
     * Executes it once for all rows; does nothing without rows.
     *
     * @return how many rows it wrote
     */
    public int execute(JdbcTemplate jdbc, List<T> rows) {
        return rows.isEmpty() ? 0 : jdbc.update(connection -> prepare(connection, rows));
    }

    private PreparedStatement prepare(Connection connection, List<T> rows) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < columns.size(); i++) {
            Function<T, ? extends @Nullable Object> column = columns.get(i);
            // The driver sends an array of strings as it is; one of objects it would escape and quote.
            Array values = connection.createArrayOf(
                    "text", rows.stream().map(row -> text(column.apply(row))).toArray(String[]::new));
            statement.setArray(i + 1, values);
        }
        return statement;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
