package io.varuna.plugin.mysql;

import io.varuna.api.data.Row;
import io.varuna.plugin.mysql.TableColumns.TableColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** An INSERT for rows that have the same columns. */
final class InsertStatement {
    private final String text;
    private final List<TableColumn> columns;
    private final List<Integer> positions;

    private InsertStatement(String text, List<TableColumn> columns, List<Integer> positions) {
        this.text = text;
        this.columns = columns;
        this.positions = positions;
    }

    /**
     * Creates the statement.
     *
     * @param positions where the value of each column is in a row
     */
    static InsertStatement of(
            String table, List<TableColumn> columns, List<Integer> positions, OnDuplicate onDuplicate) {
        List<String> names =
                columns.stream().map(c -> Identifiers.quoted(c.name())).toList();
        StringBuilder text = new StringBuilder("INSERT INTO ")
                .append(Identifiers.quotedTable(table))
                .append(" (")
                .append(String.join(", ", names))
                .append(") VALUES (")
                .append(names.stream().map(name -> "?").collect(Collectors.joining(", ")))
                .append(')');
        if (!names.isEmpty()) {
            switch (onDuplicate) {
                case ERROR -> {}
                case UPDATE -> text.append(" ON DUPLICATE KEY UPDATE ")
                        .append(names.stream()
                                .map(name -> name + " = VALUES(" + name + ")")
                                .collect(Collectors.joining(", ")));
                case IGNORE -> text.append(" ON DUPLICATE KEY UPDATE ")
                        .append(names.get(0))
                        .append(" = ")
                        .append(names.get(0));
            }
        }
        return new InsertStatement(text.toString(), List.copyOf(columns), List.copyOf(positions));
    }

    String text() {
        return text;
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    void bind(PreparedStatement statement, Row row) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            ColumnValue.set(statement, i + 1, columns.get(i), row.get(positions.get(i)));
        }
    }
}
