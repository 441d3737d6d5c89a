package io.varuna.plugin.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one object into the values of a row; the parser stands at its start, and at its end afterwards. */
@FunctionalInterface
interface JacksonRecords {
    @Nullable
    Object[] read(JsonParser parser) throws IOException;

    /** Returns the reader for a schema: one that skips what is not asked for, or, for an open schema, one that reads all. */
    static JacksonRecords of(Schema schema, boolean exact) {
        List<Column> columns = schema.columns();
        Map<String, Integer> positions = new HashMap<>();
        List<JacksonValues> readers = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
            readers.add(JacksonValues.of(columns.get(i).type(), columns.get(i).name(), exact));
        }
        return schema.open() ? new Whole(positions, readers, exact) : new Projected(positions, readers);
    }

    /** Reads the columns, and skips all other members. */
    record Projected(Map<String, Integer> positions, List<JacksonValues> readers) implements JacksonRecords {
        @Override
        public @Nullable Object[] read(JsonParser parser) throws IOException {
            @Nullable Object[] row = new @Nullable Object[readers.size()];
            Arrays.fill(row, Missing.VALUE);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Integer position = positions.get(parser.currentName());
                parser.nextToken();
                if (position == null) {
                    parser.skipChildren();
                } else {
                    row[position] = readers.get(position).read(parser);
                }
            }
            return row;
        }
    }

    /** Reads every member into a map for the last place, and the columns as well. */
    record Whole(Map<String, Integer> positions, List<JacksonValues> readers, boolean exact) implements JacksonRecords {
        @Override
        public @Nullable Object[] read(JsonParser parser) throws IOException {
            @Nullable Object[] row = new @Nullable Object[readers.size() + 1];
            Arrays.fill(row, Missing.VALUE);
            JacksonValues other = JacksonValues.of(DataType.ANY, "", exact);
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                Integer position = positions.get(name);
                parser.nextToken();
                Object value = position == null
                        ? other.read(parser)
                        : readers.get(position).read(parser);
                members.put(name, value);
                if (position != null) {
                    row[position] = value;
                }
            }
            row[readers.size()] = members;
            return row;
        }
    }
}
