package io.varuna.plugin.file;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Schema;
import io.varuna.api.data.Values;
import io.varuna.api.error.VarunaException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the records of a file by their key. The first one that is malformed fails: half a table would give wrong answers. */
final class TableRows {
    private final FileTable.Wanted wanted;
    private final Schema schema;
    private final Clock clock;
    private final JsonRows json;
    private final Map<List<Object>, List<Map<String, @Nullable Object>>> rows = new HashMap<>();
    private long records;

    TableRows(FileTable.Wanted wanted, Schema schema, Clock clock) {
        this.wanted = wanted;
        this.schema = schema;
        this.clock = clock;
        this.json = new JsonRows(this::isWanted);
    }

    private boolean isWanted(String column) {
        if (wanted.columns().isEmpty()) {
            return schema.open() || schema.indexOf(column) >= 0;
        }
        return wanted.columns().contains(column) || wanted.keyColumns().contains(column);
    }

    /** Returns the rows; those without a key are left out, since nobody can ask for them. */
    Map<List<Object>, List<Map<String, @Nullable Object>>> byKey() {
        return rows;
    }

    /** Adds the rows of a payload of JSON. */
    void add(ByteBuffer payload) {
        numbered(() -> json.read(payload).forEach(this::put));
    }

    /** Adds a record that is read when it is asked for. */
    void add(Supplier<Map<String, @Nullable Object>> record) {
        numbered(() -> put(record.get()));
    }

    private void numbered(Runnable reading) {
        records++;
        try {
            reading.run();
        } catch (VarunaException e) {
            throw new VarunaException(e.code(), "record " + records + ": " + e.getMessage(), e);
        }
    }

    private void put(Map<String, @Nullable Object> record) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        record.forEach((column, value) -> {
            if (isWanted(column)) {
                row.put(column, declared(column, value));
            }
        });
        List<Object> key = new ArrayList<>();
        for (String column : wanted.keyColumns()) {
            Object value = row.get(column);
            if (value == null) {
                return;
            }
            key.add(Values.key(value));
        }
        rows.computeIfAbsent(key, none -> new ArrayList<>(1)).add(row);
    }

    private @Nullable Object declared(String column, @Nullable Object value) {
        int index = schema.indexOf(column);
        return index < 0
                ? value
                : Conversions.declared(value, schema.columns().get(index).type(), column, clock);
    }
}
