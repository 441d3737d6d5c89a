package io.varuna.plugin.http;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.data.Values;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a key out of answers, which may have those of others as well. */
final class KeyedRows {
    private final Schema wanted;
    private final Decoder decoder;
    private final List<Integer> keyPlaces;
    private final IntPredicate asked;

    /**
     * Creates it.
     *
     * @param asked tells of a column of the key whether answers are for its value only, so that rows need not have it
     */
    KeyedRows(Schema wanted, Decoder decoder, List<String> keyColumns, IntPredicate asked) {
        this.wanted = wanted;
        this.decoder = decoder;
        this.keyPlaces = keyColumns.stream().map(wanted::indexOf).toList();
        this.asked = asked;
    }

    /** Returns what has to be read; {@code columns} is empty for all. */
    static Schema wanted(Schema declared, List<String> columns, List<String> keyColumns) {
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

    List<Map<String, @Nullable Object>> read(ByteBuffer answer, List<Object> key) throws Exception {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        decoder.decode(answer, values -> {
            if (completed(values, key)) {
                rows.add(row(values));
            }
        });
        return rows;
    }

    /** Tells whether a row has the key, of which it is given what it does not say. */
    private boolean completed(@Nullable Object[] values, List<Object> key) {
        for (int i = 0; i < keyPlaces.size(); i++) {
            int place = keyPlaces.get(i);
            if (values[place] == Missing.VALUE && asked.test(i)) {
                values[place] = key.get(i);
            }
            if (!Values.equal(values[place], key.get(i))) {
                return false;
            }
        }
        return true;
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
