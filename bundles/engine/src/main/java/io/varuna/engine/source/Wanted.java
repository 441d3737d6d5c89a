package io.varuna.engine.source;

import io.varuna.api.data.DataType;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What rules need of the records of a stream.
 *
 * @param fields the columns, by name
 * @param record whether the whole record is needed
 */
public record Wanted(Map<String, DataType> fields, boolean record) {
    public Wanted {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Returns what a scan needs; with event time that is the timestamp, too. */
    public static Wanted of(Scan scan, StreamDefinition stream, boolean eventTime) {
        Map<String, DataType> fields = new LinkedHashMap<>();
        boolean record = false;
        for (Scan.ScanColumn column : scan.columns()) {
            switch (column.source()) {
                case FIELD -> fields.put(column.name(), declared(column.name(), stream));
                case RECORD -> record = true;
                case METADATA -> {
                    // comes with every record
                }
            }
        }
        if (eventTime) {
            stream.options().timestamp().ifPresent(name -> fields.put(name, declared(name, stream)));
        }
        if (record && !stream.schema().open()) {
            stream.schema().columns().forEach(column -> fields.put(column.name(), column.type()));
        }
        return new Wanted(fields, record);
    }

    private static DataType declared(String name, StreamDefinition stream) {
        int index = stream.schema().indexOf(name);
        return index < 0 ? DataType.ANY : stream.schema().columns().get(index).type();
    }

    /** Returns what both need. */
    public Wanted and(Wanted other) {
        Map<String, DataType> both = new LinkedHashMap<>(fields);
        both.putAll(other.fields);
        return new Wanted(both, record || other.record);
    }
}
