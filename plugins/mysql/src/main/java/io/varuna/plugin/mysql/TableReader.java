package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.source.SourceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a table for the rows of a key: by one prepared statement that names the columns that are needed, so that the server
 * can use its indexes. Servers compare texts without case and trailing blanks, and texts with numbers as they like; what they
 * find is compared once more, exactly.
 */
final class TableReader implements LookupSource {
    private final Borrower borrower;
    private final String table;
    private final List<String> columns;
    private final List<String> keyColumns;
    private final SourceContext context;
    private @Nullable SelectStatement select;

    /** Creates the reader; {@code columns} is empty for all. */
    TableReader(HikariDataSource pool, List<String> columns, List<String> keyColumns, SourceContext context) {
        this.table = context.dataSource();
        this.borrower = new Borrower(pool, table, context);
        this.columns = List.copyOf(columns);
        this.keyColumns = List.copyOf(keyColumns);
        this.context = context;
    }

    @Override
    public List<Map<String, @Nullable Object>> lookup(List<Object> key) throws SQLException {
        // the pool ends the transaction when it gets the connection back, so the next question sees what came meanwhile
        try (Connection connection = borrower.connect()) {
            List<Map<String, @Nullable Object>> rows = lookup(connection, key);
            borrower.succeeded();
            return rows;
        } catch (SQLException e) {
            // the table may have been changed meanwhile: ask again how it looks
            select = null;
            throw borrower.failed(e);
        }
    }

    private List<Map<String, @Nullable Object>> lookup(Connection connection, List<Object> key) throws SQLException {
        SelectStatement statement = select;
        if (statement == null) {
            statement = SelectStatement.of(table, TableColumns.of(connection, table), columns, keyColumns);
            select = statement;
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            statement.bind(prepared, key);
            try (ResultSet result = prepared.executeQuery()) {
                while (result.next()) {
                    List<@Nullable Object> values = statement.read(result);
                    if (statement.matches(values, key)) {
                        rows.add(row(statement.names(), values));
                    }
                }
            }
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(List<String> names, List<@Nullable Object> values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), StoredValue.declared(values.get(i), context.schema(), names.get(i), context.clock()));
        }
        return row;
    }
}
