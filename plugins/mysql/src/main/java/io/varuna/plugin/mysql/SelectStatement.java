package io.varuna.plugin.mysql;

import io.varuna.plugin.mysql.TableColumns.TableColumn;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT for the rows of a key.
 *
 * @param names of the columns as the rule writes them, those of the key among them
 * @param keys the columns that are compared
 * @param positions where the columns of the key are among the names
 */
record SelectStatement(String text, List<String> names, List<TableColumn> keys, List<Integer> positions) {
    /** Creates the statement; {@code wanted} is empty for all columns. */
    static SelectStatement of(String table, TableColumns columns, List<String> wanted, List<String> keyColumns)
            throws SQLException {
        Set<String> names = new LinkedHashSet<>(wanted.isEmpty() ? columns.names() : wanted);
        names.addAll(keyColumns);
        List<String> selected = new ArrayList<>();
        for (String name : names) {
            selected.add(Identifiers.quoted(column(table, columns, name).name()));
        }
        List<TableColumn> keys = new ArrayList<>();
        for (String name : keyColumns) {
            keys.add(column(table, columns, name));
        }
        String text = "SELECT " + String.join(", ", selected) + " FROM " + Identifiers.quotedTable(table) + " WHERE "
                + keys.stream()
                        .map(key -> Identifiers.quoted(key.name()) + " = ?")
                        .collect(Collectors.joining(" AND "));
        List<String> order = List.copyOf(names);
        return new SelectStatement(
                text,
                order,
                List.copyOf(keys),
                keyColumns.stream().map(order::indexOf).toList());
    }

    private static TableColumn column(String table, TableColumns columns, String name) throws SQLException {
        TableColumn column = columns.find(name);
        if (column == null) {
            throw new SQLSyntaxErrorException("Table '" + table + "' has no column '" + name + "'. It has: "
                    + String.join(", ", columns.names()));
        }
        return column;
    }

    void bind(PreparedStatement statement, List<Object> key) throws SQLException {
        for (int i = 0; i < keys.size(); i++) {
            ColumnValue.setKey(statement, i + 1, keys.get(i), key.get(i));
        }
    }

    /** Returns the values of the current row, in the order of the names. */
    List<@Nullable Object> read(ResultSet result) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(names.size());
        for (int i = 1; i <= names.size(); i++) {
            values.add(StoredValue.read(result, i));
        }
        return values;
    }

    /** Tells whether a row has exactly the key that was asked for. */
    boolean matches(List<@Nullable Object> values, List<Object> key) {
        return IntStream.range(0, key.size())
                .allMatch(i -> StoredValue.isSame(values.get(positions.get(i)), key.get(i)));
    }
}
