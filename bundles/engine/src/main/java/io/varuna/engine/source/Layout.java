package io.varuna.engine.source;

import io.varuna.api.data.Column;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import io.varuna.api.data.DateTimePattern;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.data.RecordColumns;
import io.varuna.plan.StreamDefinition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the records of a stream are laid out as rows: the wanted columns, then the whole record where it is wanted. */
public final class Layout {
    private final StreamDefinition stream;
    private final List<Column> columns;
    private final boolean record;
    private final boolean strict;
    private final byte[] tags;
    private final @Nullable DateTimePattern pattern;
    private final Clock clock;

    Layout(StreamDefinition stream, Wanted wanted, Clock clock) {
        this.stream = stream;
        this.columns = wanted.fields().entrySet().stream()
                .map(field -> new Column(field.getKey(), field.getValue()))
                .toList();
        this.record = wanted.record() && stream.schema().open();
        this.strict = stream.options().strictValidation() && !stream.schema().open();
        this.tags = new byte[columns.size()];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = tag(columns.get(i).type());
        }
        this.pattern =
                stream.options().timestampFormat().map(DateTimePattern::of).orElse(null);
        this.clock = clock;
    }

    /** Returns the schema for a decoder. Strict streams are checked here, so the decoder must not convert. */
    Schema decoded() {
        if (!strict) {
            return new Schema(columns, record);
        }
        List<Column> asTheyAre = new ArrayList<>();
        columns.forEach(column -> asTheyAre.add(new Column(column.name(), DataType.ANY)));
        return new Schema(asTheyAre, record);
    }

    /** Returns the place of a column in the rows. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column '" + name + "' was asked for");
    }

    public List<Column> columns() {
        return columns;
    }

    /** Returns how many values a row has. */
    int width() {
        return columns.size() + (record ? 1 : 0);
    }

    /** Returns the place of the whole record in the rows, or -1 if it is made of the columns. */
    public int recordIndex() {
        return record ? columns.size() : -1;
    }

    /** Returns the pattern of event times that are texts. */
    public @Nullable DateTimePattern pattern() {
        return pattern;
    }

    /** Returns what looks at each record of a strict stream before it ends; null if the stream is not strict. */
    @Nullable
    Consumer<RecordColumns> check() {
        return strict ? this::check : null;
    }

    /** Converts values that are not of their types already; throws if the record is to be rejected. */
    private void check(RecordColumns records) {
        int row = records.size();
        for (int i = 0; i < columns.size(); i++) {
            ColumnVector values = records.column(i);
            if (values.tag(row) != tags[i]) {
                values.put(row, strict(values.get(row), columns.get(i)));
            }
        }
    }

    /** Returns the tag of values that are of a type as they are, as far as a tag alone can tell. */
    private static byte tag(DataType type) {
        return switch (type.kind()) {
            case BIGINT -> ColumnVector.LONG;
            case DOUBLE -> ColumnVector.DOUBLE;
            case BOOLEAN -> ColumnVector.BOOLEAN;
            case VARCHAR -> ColumnVector.TEXT;
            case VARBINARY, TIMESTAMP, ARRAY, STRUCT, ANY -> ColumnVector.UNDECIDED;
        };
    }

    private @Nullable Object strict(@Nullable Object value, Column column) {
        if (value != Missing.VALUE) {
            return Conversions.strict(value, column.type(), column.name(), clock, pattern);
        }
        Object standIn = stream.defaults().get(column.name());
        if (standIn == null) {
            throw new VarunaException(
                    StandardError.MALFORMED_RECORD,
                    "The record has no column '" + column.name() + "', which stream '" + stream.name() + "' requires");
        }
        return standIn;
    }

    /** Lays out a record that needs no decoding. */
    @Nullable
    Object[] fromMap(Map<String, ? extends @Nullable Object> map) {
        @Nullable Object[] row = new @Nullable Object[width()];
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value = map.get(column.name());
            if (value == null && !map.containsKey(column.name())) {
                row[i] = Missing.VALUE;
            } else {
                row[i] = wide(value);
            }
        }
        if (record) {
            row[columns.size()] = map;
        }
        return row;
    }

    private static @Nullable Object wide(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Float number ? (Object) number.doubleValue() : value;
    }
}
