package io.varuna.plugin.mysql;

import com.zaxxer.hikari.HikariDataSource;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.source.SourceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a query of the user's for the rows of a key. What the query gives is taken as it is: it may compare as it likes. */
final class TemplateReader implements LookupSource {
    private final Borrower borrower;
    private final SqlTemplate template;
    private final List<String> columns;
    private final List<String> keyColumns;
    private final SourceContext context;

    /** Creates the reader; {@code columns} is empty for all. */
    TemplateReader(
            HikariDataSource pool,
            SqlTemplate template,
            List<String> columns,
            List<String> keyColumns,
            SourceContext context) {
        this.borrower = new Borrower(pool, context.dataSource(), context);
        this.template = template;
        this.columns = List.copyOf(columns);
        this.keyColumns = List.copyOf(keyColumns);
        this.context = context;
    }

    @Override
    public List<Map<String, @Nullable Object>> lookup(List<Object> key) throws SQLException {
        try (Connection connection = borrower.connect();
                PreparedStatement statement = connection.prepareStatement(template.text())) {
            template.bind(statement, key);
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result, key));
                }
            }
            borrower.succeeded();
            return rows;
        } catch (SQLException e) {
            throw borrower.failed(e);
        }
    }

    private Map<String, @Nullable Object> row(ResultSet result, List<Object> key) throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        ResultSetMetaData metadata = result.getMetaData();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            String name = metadata.getColumnLabel(i);
            if (columns.isEmpty() || columns.contains(name) || keyColumns.contains(name)) {
                row.put(
                        name,
                        StoredValue.declared(StoredValue.read(result, i), context.schema(), name, context.clock()));
            }
        }
        // a query need not repeat what it was asked for
        for (int i = 0; i < keyColumns.size(); i++) {
            row.putIfAbsent(keyColumns.get(i), key.get(i));
        }
        return row;
    }
}
