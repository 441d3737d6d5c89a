package io.varuna.plugin.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table, as the server has them. */
final class TableColumns {
    /**
     * A column of a table.
     *
     * @param type of {@link java.sql.Types}
     */
    record TableColumn(String name, int type) {}

    private final Map<String, TableColumn> byName = new LinkedHashMap<>();
    private final Map<String, TableColumn> byLowerCase = new LinkedHashMap<>();

    private TableColumns() {}

    static TableColumns of(Connection connection, String table) throws SQLException {
        TableColumns columns = new TableColumns();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT * FROM " + Identifiers.quotedTable(table) + " WHERE 1 = 0")) {
            ResultSetMetaData metadata = statement.getMetaData();
            if (metadata == null) {
                throw new SQLException("The server does not describe table '" + table + "'");
            }
            for (int i = 1; i <= metadata.getColumnCount(); i++) {
                TableColumn column = new TableColumn(metadata.getColumnName(i), metadata.getColumnType(i));
                columns.byName.put(column.name(), column);
                columns.byLowerCase.put(column.name().toLowerCase(Locale.ROOT), column);
            }
        }
        return columns;
    }

    /** Returns the column with this name, which MySQL compares without case. */
    @Nullable
    TableColumn find(String name) {
        TableColumn exact = byName.get(name);
        return exact == null ? byLowerCase.get(name.toLowerCase(Locale.ROOT)) : exact;
    }

    String names() {
        return String.join(", ", byName.keySet());
    }
}
