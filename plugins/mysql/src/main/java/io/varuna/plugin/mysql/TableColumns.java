package io.varuna.plugin.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
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
        // by running it: of a statement that is only described, the pool does not know that it began a transaction
        try (Statement statement = connection.createStatement();
                ResultSet none =
                        statement.executeQuery("SELECT * FROM " + Identifiers.quotedTable(table) + " WHERE 1 = 0")) {
            ResultSetMetaData metadata = none.getMetaData();
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

    List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
