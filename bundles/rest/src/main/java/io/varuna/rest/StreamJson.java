package io.varuna.rest;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Streams and their columns as eKuiper writes them. */
final class StreamJson {
    private static final List<String> FLAGS = List.of("STRICT_VALIDATION", "SHARED", "TEMP");

    private StreamJson() {}

    /** Returns a declaration, in the form of eKuiper's syntax tree. */
    static Map<String, Object> of(StreamDescription stream) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Name", stream.name());
        json.put("StreamFields", fields(stream.schema()));
        json.put("Options", options(stream.options()));
        json.put("StreamType", stream.kind() == StreamKind.STREAM ? 0 : 1);
        json.put("Statement", stream.statement());
        return json;
    }

    /** Returns the types of columns by name, in the manner of a JSON schema. */
    static Map<String, Object> schema(Schema schema) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            columns.put(column.name(), type(column.type()));
        }
        return columns;
    }

    private static Map<String, Object> type(DataType type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type.kind().ruleName());
        if (type.element() != null) {
            json.put("items", type(type.element()));
        }
        if (type.fields() != null) {
            json.put("properties", schema(type.fields()));
        }
        return json;
    }

    private static List<Map<String, Object>> fields(Schema schema) {
        return schema.columns().stream().map(StreamJson::field).toList();
    }

    private static Map<String, Object> field(Column column) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Name", column.name());
        json.put("FieldType", fieldType(column.type()));
        return json;
    }

    private static Object fieldType(DataType type) {
        if (type.element() != null) {
            return typed("array", "ElementType", fieldType(type.element()));
        }
        if (type.fields() != null) {
            return typed("struct", "Fields", fields(type.fields()));
        }
        return type.kind().ruleName();
    }

    private static Map<String, Object> typed(String type, String part, Object value) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Type", type);
        json.put(part, value);
        return json;
    }

    private static Map<String, Object> options(Map<String, String> options) {
        Map<String, Object> json = new LinkedHashMap<>();
        options.forEach((name, value) -> json.put(optionName(name), FLAGS.contains(name) ? isTrue(value) : value));
        return json;
    }

    private static boolean isTrue(String value) {
        return value.equalsIgnoreCase("true");
    }

    /** Returns {@code confKey} for {@code CONF_KEY}. */
    private static String optionName(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            text.append(text.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return text.toString();
    }
}
