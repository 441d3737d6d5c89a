package io.varuna.plugin.simulator;

import io.varuna.api.data.Column;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.Schema;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings values of a property to the classes that columns have: whole numbers to {@code Long}, others to {@code Double}. */
final class Literals {
    private Literals() {}

    static Map<String, @Nullable Object> record(Map<?, ?> given) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        given.forEach((name, value) -> record.put(String.valueOf(name), value(value)));
        return Collections.unmodifiableMap(record);
    }

    /** Returns what a record has for the columns of a table, in their types. */
    static Map<String, @Nullable Object> declared(Map<String, @Nullable Object> record, Schema schema, Clock clock) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(schema.open() ? record : Map.of());
        for (Column column : schema.columns()) {
            if (record.containsKey(column.name())) {
                Object value = record.get(column.name());
                row.put(column.name(), Conversions.declared(value, column.type(), column.name(), clock));
            }
        }
        return Collections.unmodifiableMap(row);
    }

    private static @Nullable Object value(@Nullable Object given) {
        if (given instanceof Long || given instanceof Double) {
            return given;
        }
        if (given instanceof Integer || given instanceof Short || given instanceof Byte) {
            return ((Number) given).longValue();
        }
        if (given instanceof BigInteger whole && whole.bitLength() < Long.SIZE) {
            return whole.longValue();
        }
        if (given instanceof Number number) {
            return number.doubleValue();
        }
        if (given instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(element -> values.add(value(element)));
            return Collections.unmodifiableList(values);
        }
        return given instanceof Map<?, ?> map ? record(map) : given;
    }
}
