package io.varuna.plugin.file;

import io.varuna.api.data.Conversions;
import io.varuna.api.data.Schema;
import io.varuna.api.data.Values;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupRows;
import io.varuna.api.source.SourceContext;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the records of a file by their key. The first one that is malformed fails: half a table would give wrong answers. */
final class TableRows {
    private final FileTable.Wanted wanted;
    private final Schema schema;
    private final Clock clock;
    private final LookupRows payloads;
    private final Map<List<Object>, List<Map<String, @Nullable Object>>> rows = new HashMap<>();
    private long records;

    TableRows(FileTable.Wanted wanted, SourceContext context) {
        this.wanted = wanted;
        this.schema = context.schema();
        this.clock = context.clock();
        this.payloads = new LookupRows(context, wanted.columns(), wanted.keyColumns());
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

    /** Adds the rows of a payload in the table's format. */
    void add(ByteBuffer payload) {
        numbered(() -> payloads.read(payload));
    }

    /** Adds a record that is read when it is asked for; its values become what the columns are declared as. */
    void add(Supplier<Map<String, @Nullable Object>> record) {
        numbered(() -> List.of(declared(record.get())));
    }

    private Map<String, @Nullable Object> declared(Map<String, @Nullable Object> record) {
        record.replaceAll((column, value) -> {
            int index = schema.indexOf(column);
            return index < 0
                    ? value
                    : Conversions.declared(value, schema.columns().get(index).type(), column, clock);
        });
        return record;
    }

    private void numbered(Callable<List<Map<String, @Nullable Object>>> reading) {
        records++;
        List<Map<String, @Nullable Object>> read;
        try {
            read = reading.call();
        } catch (Exception e) {
            throw new VarunaException(StandardError.MALFORMED_RECORD, "record " + records + ": " + e.getMessage(), e);
        }
        read.forEach(this::put);
    }

    private void put(Map<String, @Nullable Object> record) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        record.forEach((column, value) -> {
            if (isWanted(column)) {
                row.put(column, value);
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
}
