package io.varuna.plugin.simulator;

import io.varuna.api.data.Values;
import io.varuna.api.lookup.LookupSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that never change, looked through one by one: as many as somebody writes into a property. */
final class GivenRows implements LookupSource {
    private final List<Map<String, @Nullable Object>> rows;
    private final List<String> keyColumns;

    GivenRows(List<Map<String, @Nullable Object>> rows, List<String> keyColumns) {
        this.rows = List.copyOf(rows);
        this.keyColumns = List.copyOf(keyColumns);
    }

    @Override
    @SuppressWarnings("NullAway") // javac before 17.0.16 does not see the annotations of type arguments in class files
    public List<Map<String, @Nullable Object>> lookup(List<Object> key) {
        return rows.stream().filter(row -> matches(row, key)).toList();
    }

    private boolean matches(Map<String, @Nullable Object> row, List<Object> key) {
        for (int i = 0; i < key.size(); i++) {
            if (!Values.equal(row.get(keyColumns.get(i)), key.get(i))) {
                return false;
            }
        }
        return true;
    }
}
