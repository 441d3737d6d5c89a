package io.varuna.testkit;

import io.varuna.api.codec.Decoder;
import io.varuna.api.data.Column;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads JSON, an object or a list of them, for plugins under test that ask their context for a decoder. */
record JsonRecords(Schema wanted, Clock clock) implements Decoder {
    @Override
    public void decode(ByteBuffer payload, Consumer<@Nullable Object[]> out) {
        Object value;
        try {
            value = Json.read(payload);
        } catch (IllegalArgumentException e) {
            throw new VarunaException(StandardError.MALFORMED_RECORD, "The record is not JSON", e);
        }
        for (Object item : value instanceof List<?> list ? list : Collections.singletonList(value)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new VarunaException(StandardError.MALFORMED_RECORD, "A record is an object, not " + item);
            }
            out.accept(row(map));
        }
    }

    private @Nullable Object[] row(Map<?, ?> map) {
        @Nullable Object[] row = new @Nullable Object[wanted.width()];
        for (int i = 0; i < wanted.size(); i++) {
            Column column = wanted.columns().get(i);
            row[i] = map.containsKey(column.name())
                    ? Conversions.declared(map.get(column.name()), column.type(), column.name(), clock)
                    : Missing.VALUE;
        }
        if (wanted.open()) {
            row[wanted.size()] = map;
        }
        return row;
    }
}
