package io.varuna.plugin.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.varuna.api.data.Column;
import io.varuna.api.data.Conversions;
import io.varuna.api.data.DataType;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one value of a declared type. The parser stands at its first token, and at its last one afterwards. */
abstract class JacksonValues {
    /** Only texts for DATETIME depend on the zone, and those are left to the engine, which knows it. */
    private static final Clock UTC = Clock.systemUTC();

    private final DataType type;
    private final String path;

    private JacksonValues(DataType type, String path) {
        this.type = type;
        this.path = path;
    }

    /**
     * Returns the reader for a type.
     *
     * @param path how messages name the value
     * @param exact whether whole numbers of no declared type stay whole
     */
    static JacksonValues of(DataType type, String path, boolean exact) {
        if (type.element() != null) {
            return new ListReader(type, of(type.element(), path + "[]", exact), path);
        }
        if (type.fields() != null) {
            return new StructReader(type, path, exact);
        }
        return switch (type.kind()) {
                // a pattern and a zone may be needed: the engine converts
            case ANY, TIMESTAMP -> new AnyReader(path, exact);
            case BOOLEAN, BIGINT, DOUBLE, VARCHAR, VARBINARY, ARRAY, STRUCT -> new ScalarReader(type, path);
        };
    }

    abstract @Nullable Object read(JsonParser parser) throws IOException;

    /** Converts what is not of the type, or says that it does not fit. */
    final @Nullable Object converted(JsonParser parser) throws IOException {
        return Conversions.declared(any(parser, true), type, path, UTC);
    }

    private static @Nullable Object any(JsonParser parser, boolean exact) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole(parser, exact);
            case VALUE_NUMBER_FLOAT -> fraction(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(any(parser, exact));
                }
                yield list;
            }
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, any(parser, exact));
                }
                yield map;
            }
            default -> throw new IllegalStateException("No value starts with " + parser.currentToken());
        };
    }

    private static Object whole(JsonParser parser, boolean exact) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return fraction(parser);
        }
        return exact ? (Object) parser.getLongValue() : (Object) (double) parser.getLongValue();
    }

    private static Double fraction(JsonParser parser) throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw JacksonDecoder.malformed("The number '" + parser.getText() + "' at byte "
                    + parser.currentTokenLocation().getByteOffset() + " is too large");
        }
        return value;
    }

    /** Takes a value as it is. */
    private static final class AnyReader extends JacksonValues {
        private final boolean exact;

        AnyReader(String path, boolean exact) {
            super(DataType.ANY, path);
            this.exact = exact;
        }

        @Override
        @Nullable
        Object read(JsonParser parser) throws IOException {
            return any(parser, exact);
        }
    }

    /** Reads what is of the type already without a detour. */
    private static final class ScalarReader extends JacksonValues {
        private final DataType.Kind kind;

        ScalarReader(DataType type, String path) {
            super(type, path);
            this.kind = type.kind();
        }

        @Override
        @Nullable
        Object read(JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_STRING && kind == DataType.Kind.VARCHAR) {
                return parser.getText();
            }
            if (token == JsonToken.VALUE_NUMBER_INT && kind == DataType.Kind.BIGINT) {
                return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? converted(parser)
                        : (Object) parser.getLongValue();
            }
            if (token.isNumeric() && kind == DataType.Kind.DOUBLE) {
                return fraction(parser);
            }
            return converted(parser);
        }
    }

    /** Reads an array, element by element. */
    private static final class ListReader extends JacksonValues {
        private final JacksonValues element;

        ListReader(DataType type, JacksonValues element, String path) {
            super(type, path);
            this.element = element;
        }

        @Override
        @Nullable
        Object read(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return converted(parser);
            }
            List<@Nullable Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(element.read(parser));
            }
            return list;
        }
    }

    /** Reads the declared members of an object, and skips the others unless more may be asked for. */
    private static final class StructReader extends JacksonValues {
        private final Map<String, JacksonValues> members = new HashMap<>();
        private final @Nullable JacksonValues other;

        StructReader(DataType type, String path, boolean exact) {
            super(type, path);
            boolean open = type.fields() != null && type.fields().open();
            this.other = open ? new AnyReader(path, exact) : null;
            if (type.fields() != null) {
                for (Column field : type.fields().columns()) {
                    members.put(field.name(), of(field.type(), path + "." + field.name(), exact));
                }
            }
        }

        @Override
        @Nullable
        Object read(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return converted(parser);
            }
            Map<String, @Nullable Object> struct = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JacksonValues reader = members.getOrDefault(name, other);
                parser.nextToken();
                if (reader == null) {
                    parser.skipChildren();
                } else {
                    struct.put(name, reader.read(parser));
                }
            }
            return struct;
        }
    }
}
