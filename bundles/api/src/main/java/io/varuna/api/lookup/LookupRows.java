package io.varuna.api.lookup;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.source.SourceContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows out of payloads for a lookup source: in the table's format, with those columns only that a rule needs. Not
 * thread-safe; one per lookup source.
 */
public final class LookupRows {
    private final Schema wanted;
    private final Decoder decoder;

    /**
     * Creates it.
     *
     * @param columns the columns that the rule needs; empty for all
     * @param keyColumns the columns that are compared, which are read as well
     */
    public LookupRows(SourceContext context, List<String> columns, List<String> keyColumns) {
        this.wanted = wanted(context.schema(), columns, keyColumns);
        this.decoder = context.decoder(wanted);
    }

    private static Schema wanted(Schema declared, List<String> columns, List<String> keyColumns) {
        Set<String> names = new LinkedHashSet<>(columns.isEmpty() ? declared.names() : columns);
        names.addAll(keyColumns);
        List<Column> wanted = names.stream()
                .map(name -> {
                    int place = declared.indexOf(name);
                    return place < 0
                            ? new Column(name, DataType.ANY)
                            : declared.columns().get(place);
                })
                .toList();
        return new Schema(wanted, columns.isEmpty() && declared.open());
    }

    /**
     * Returns the rows of a payload by column name, in their declared types; a column that a record does not have is not in its
     * row. A throw rejects the payload.
     */
    public List<Map<String, @Nullable Object>> read(ByteBuffer payload) throws Exception {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        decoder.decode(payload, values -> rows.add(row(values)));
        return rows;
    }

    private Map<String, @Nullable Object> row(@Nullable Object[] values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        if (wanted.open() && values[wanted.size()] instanceof Map<?, ?> record) {
            record.forEach((name, value) -> row.put(String.valueOf(name), value));
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (values[i] != Missing.VALUE) {
                row.put(wanted.columns().get(i).name(), values[i]);
            }
        }
        return row;
    }
}
