package io.varuna.plugin.http;

import io.varuna.api.data.Values;
import io.varuna.api.lookup.LookupRows;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a key out of answers, which may have those of others as well. */
final class KeyedRows {
    private final LookupRows rows;
    private final List<String> keyColumns;
    private final IntPredicate asked;

    /**
     * Creates it.
     *
     * @param asked tells of a column of the key whether answers are for its value only, so that rows need not have it
     */
    KeyedRows(LookupRows rows, List<String> keyColumns, IntPredicate asked) {
        this.rows = rows;
        this.keyColumns = List.copyOf(keyColumns);
        this.asked = asked;
    }

    List<Map<String, @Nullable Object>> read(ByteBuffer answer, List<Object> key) throws Exception {
        List<Map<String, @Nullable Object>> read = rows.read(answer);
        read.removeIf(row -> !completed(row, key));
        return read;
    }

    /** Tells whether a row has the key, of which it is given what it does not say. */
    private boolean completed(Map<String, @Nullable Object> row, List<Object> key) {
        for (int i = 0; i < keyColumns.size(); i++) {
            String column = keyColumns.get(i);
            if (!row.containsKey(column) && asked.test(i)) {
                row.put(column, key.get(i));
            }
            if (!Values.equal(row.get(column), key.get(i))) {
                return false;
            }
        }
        return true;
    }
}
