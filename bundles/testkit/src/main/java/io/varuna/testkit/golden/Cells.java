package io.varuna.testkit.golden;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values as pages show them: {@code NULL}, {@code MISSING}, numbers, {@code true}, texts with quotes only where needed, times
 * such as {@code 00:10}, {@code [1, 2]}, {@code {a: 1}}, {@code x'0aff'}.
 */
public final class Cells {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final Pattern BARE = Pattern.compile("[^\\s'\\[\\]{},|:]+(?: [^\\s'\\[\\]{},|:]+)*");

    private Cells() {}

    /**
     * Reads a record: one value for each column, separated by commas. The last columns may be left out, and are missing then.
     * A record of an open schema is written as {@code {a: 1, b: 'text'}} and comes as the map in the last place.
     *
     * @throws IllegalArgumentException if a value is not of its column's type
     */
    public static @Nullable Object[] parse(String record, Schema schema) {
        @Nullable Object[] row = new @Nullable Object[schema.width()];
        java.util.Arrays.fill(row, Missing.VALUE);
        if (schema.open()) {
            if (!(value(record, DataType.ANY) instanceof Map<?, ?> members)) {
                throw new IllegalArgumentException(
                        "'" + record + "' is no record. A stream without columns takes {name: value, ...}");
            }
            for (int i = 0; i < schema.size(); i++) {
                String name = schema.columns().get(i).name();
                row[i] = members.containsKey(name) ? members.get(name) : Missing.VALUE;
            }
            row[schema.size()] = members;
            return row;
        }
        List<String> cells = TextSplitter.split(record, ',');
        if (cells.size() > schema.size()) {
            throw new IllegalArgumentException("'" + record + "' has " + cells.size() + " values, but there are "
                    + schema.size() + " columns: " + schema);
        }
        for (int i = 0; i < cells.size(); i++) {
            Column column = schema.columns().get(i);
            try {
                row[i] = value(cells.get(i), column.type());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("column '" + column.name() + "': " + e.getMessage(), e);
            }
        }
        return row;
    }

    /** Reads one value. */
    public static @Nullable Object value(String cell, DataType type) {
        if (cell.equals("NULL")) {
            return null;
        }
        if (cell.equals("MISSING")) {
            return Missing.VALUE;
        }
        return switch (type.kind()) {
            case BOOLEAN -> bool(cell);
            case BIGINT -> whole(cell);
            case DOUBLE -> number(cell);
            case VARCHAR -> text(cell);
            case VARBINARY -> bytes(cell);
            case TIMESTAMP -> CellTime.parse(cell)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + cell + "' is no time. Write 00:10, 00:10.500, 01:00:00 or 2024-01-31T10:00:00Z"));
            case ARRAY -> list(cell, type.element());
            case STRUCT -> map(cell, type.fields());
            case ANY -> any(cell);
        };
    }

    private static boolean bool(String cell) {
        if (!cell.equals("true") && !cell.equals("false")) {
            throw new IllegalArgumentException("'" + cell + "' is neither true nor false");
        }
        return cell.equals("true");
    }

    private static long whole(String cell) {
        if (!WHOLE.matcher(cell).matches()) {
            throw new IllegalArgumentException("'" + cell + "' is no whole number");
        }
        return Long.parseLong(cell);
    }

    private static double number(String cell) {
        if (!NUMBER.matcher(cell).matches()) {
            throw new IllegalArgumentException("'" + cell + "' is no number");
        }
        return Double.parseDouble(cell);
    }

    private static String text(String cell) {
        if (!cell.startsWith("'")) {
            return cell;
        }
        if (cell.length() < 2 || !cell.endsWith("'")) {
            throw new IllegalArgumentException("'" + cell + "' has no closing quote");
        }
        return cell.substring(1, cell.length() - 1).replace("''", "'");
    }

    private static byte[] bytes(String cell) {
        if (!cell.startsWith("x'") || !cell.endsWith("'")) {
            throw new IllegalArgumentException("'" + cell + "' is no value of bytes. Write x'0aff'");
        }
        return HexFormat.of().parseHex(cell.substring(2, cell.length() - 1));
    }

    private static List<@Nullable Object> list(String cell, @Nullable DataType element) {
        List<@Nullable Object> list = new ArrayList<>();
        for (String part : inner(cell, '[', ']')) {
            list.add(value(part, element == null ? DataType.ANY : element));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(String cell, @Nullable Schema fields) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String part : inner(cell, '{', '}')) {
            List<String> member = TextSplitter.split(part, ':');
            if (member.size() < 2) {
                throw new IllegalArgumentException("'" + part + "' is no member. Write {name: value, ...}");
            }
            String name = text(member.get(0));
            int column = fields == null ? -1 : fields.indexOf(name);
            DataType type = column < 0 || fields == null
                    ? DataType.ANY
                    : fields.columns().get(column).type();
            // a time has colons of its own
            map.put(name, value(String.join(":", member.subList(1, member.size())), type));
        }
        return map;
    }

    private static List<String> inner(String cell, char open, char close) {
        if (cell.length() < 2 || cell.charAt(0) != open || cell.charAt(cell.length() - 1) != close) {
            throw new IllegalArgumentException("'" + cell + "' does not stand within " + open + " and " + close);
        }
        String body = cell.substring(1, cell.length() - 1).strip();
        return body.isEmpty() ? List.of() : TextSplitter.split(body, ',');
    }

    private static Object any(String cell) {
        if (cell.startsWith("[")) {
            return list(cell, DataType.ANY);
        }
        if (cell.startsWith("{")) {
            return map(cell, null);
        }
        if (cell.startsWith("x'")) {
            return bytes(cell);
        }
        if (cell.equals("true") || cell.equals("false")) {
            return bool(cell);
        }
        if (WHOLE.matcher(cell).matches()) {
            return whole(cell);
        }
        return NUMBER.matcher(cell).matches() ? (Object) number(cell) : text(cell);
    }

    /** Shows a record: the values of its columns, separated by commas. */
    public static String format(List<? extends @Nullable Object> values) {
        return values.stream().map(Cells::format).collect(Collectors.joining(", "));
    }

    /** Shows one value, so that {@link #value} reads it again. */
    public static String format(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value == Missing.VALUE) {
            return "MISSING";
        }
        if (value instanceof String text) {
            return formatText(text);
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? String.format(java.util.Locale.ROOT, "%.1f", number)
                    : number.toString();
        }
        if (value instanceof Instant time) {
            return CellTime.format(time);
        }
        if (value instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Cells::format).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> formatText(String.valueOf(entry.getKey())) + ": " + format(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** Quotes a text where it would otherwise be read as something else. */
    private static String formatText(String text) {
        boolean bare = BARE.matcher(text).matches()
                && any(text) instanceof String
                && !text.equals("NULL")
                && !text.equals("MISSING");
        // times and paths are texts with colons and slashes that read well without quotes
        boolean time = CellTime.parse(text).isPresent();
        return bare || time ? text : "'" + text.replace("'", "''") + "'";
    }
}
