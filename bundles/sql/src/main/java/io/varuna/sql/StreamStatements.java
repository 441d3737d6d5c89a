package io.varuna.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.DateTimePattern;
import io.varuna.api.data.Schema;
import io.varuna.api.error.NearestName;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.StreamKind;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.StreamOptions;
import io.varuna.sql.parser.Declaration;
import io.varuna.sql.parser.Place;
import io.varuna.sql.parser.Statement;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes definitions of streams and tables of what was written. */
final class StreamStatements {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Set<String> FLAGS = Set.of("STRICT_VALIDATION", "SHARED", "TEMP");
    private static final Set<String> NAMING = Set.of("TYPE", "FORMAT");
    private static final List<String> TYPES =
            List.of("BIGINT", "FLOAT", "STRING", "BOOLEAN", "DATETIME", "BYTEA", "ARRAY", "STRUCT");

    private static final JsonFactory JSON = new JsonFactory();

    private final StatementText text;

    StreamStatements(StatementText text) {
        this.text = text;
    }

    StreamStatement.Create create(Statement.Create statement) {
        String word = statement.table() ? "table" : "stream";
        String name = statement.name().text();
        if (!NAME.matcher(name).matches()) {
            throw text.error(
                    StandardError.INVALID_NAME,
                    "'" + name + "' cannot be the name of a " + word + ". It takes letters, digits, '_' and '-'",
                    statement.name().place());
        }
        StreamOptions options = options(statement.options());
        Map<String, Object> defaults = new LinkedHashMap<>();
        Schema schema =
                statement.columns().isEmpty() ? Schema.OPEN : new Schema(columns(statement.columns(), defaults), false);
        checkTimestamp(options, schema, statement);
        checkKey(options, schema, statement);
        if (options.format().equalsIgnoreCase("binary")) {
            checkBinary(schema, statement);
        }
        checkExtra(options, statement);
        StreamDefinition definition =
                new StreamDefinition(name, kind(statement, options), schema, defaults, options, text.text());
        return new StreamStatement.Create(definition, statement.orReplace(), statement.ifNotExists());
    }

    private void checkTimestamp(StreamOptions options, Schema schema, Statement.Create statement) {
        String timestamp = options.timestamp().orElse("");
        if (!timestamp.isEmpty() && !schema.open() && schema.indexOf(timestamp) < 0) {
            throw text.error(
                    StandardError.COLUMN_NOT_FOUND,
                    "TIMESTAMP names the column '" + timestamp + "', which is not declared"
                            + StatementText.suggest(timestamp, schema.names(), "The columns are"),
                    option(statement, "TIMESTAMP").value().place());
        }
        int index = schema.indexOf(timestamp);
        DataType type = index < 0 ? DataType.ANY : schema.columns().get(index).type();
        switch (type.kind()) {
            case BIGINT, DOUBLE, VARCHAR, TIMESTAMP, ANY -> {
                // can hold a time
            }
            case BOOLEAN, VARBINARY, ARRAY, STRUCT -> throw text.error(
                    StandardError.INVALID_STREAM,
                    "TIMESTAMP names the column '" + timestamp + "' of type " + type
                            + ", which holds no time. Declare it as BIGINT, with milliseconds, DATETIME or STRING",
                    option(statement, "TIMESTAMP").value().place());
        }
        options.timestampFormat().ifPresent(pattern -> {
            try {
                DateTimePattern.of(pattern);
            } catch (VarunaException e) {
                throw text.error(
                        StandardError.INVALID_STREAM,
                        "TIMESTAMP_FORMAT is no pattern of times: " + e.getMessage(),
                        option(statement, "TIMESTAMP_FORMAT").value().place());
            }
        });
    }

    private void checkKey(StreamOptions options, Schema schema, Statement.Create statement) {
        String key = options.get("KEY").orElse("");
        boolean memory = options.get("TYPE").filter("memory"::equalsIgnoreCase).isPresent();
        if (memory && !key.isEmpty() && !schema.open() && schema.indexOf(key) < 0) {
            throw text.error(
                    StandardError.COLUMN_NOT_FOUND,
                    "KEY names the column '" + key + "', which is not declared"
                            + StatementText.suggest(key, schema.names(), "The columns are"),
                    option(statement, "KEY").value().place());
        }
    }

    private void checkExtra(StreamOptions options, Statement.Create statement) {
        options.get("EXTRA").filter(extra -> !isObject(extra)).ifPresent(extra -> {
            throw text.error(
                    StandardError.INVALID_STREAM,
                    "EXTRA takes properties of the source as a JSON object, such as \"{\\\"qos\\\": 1}\"",
                    option(statement, "EXTRA").value().place());
        });
    }

    private static boolean isObject(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** A binary message is one value. */
    private void checkBinary(Schema schema, Statement.Create statement) {
        boolean one = schema.size() == 1 && schema.columns().get(0).type().kind() == DataType.Kind.VARBINARY;
        if (statement.table() || !(schema.open() || one)) {
            throw text.error(
                    StandardError.INVALID_STREAM,
                    statement.table()
                            ? "A table takes no binary messages. Use another FORMAT"
                            : "A binary message is one value. Declare one column of type BYTEA, or none",
                    option(statement, "FORMAT").value().place());
        }
    }

    private static Declaration.Option option(Statement.Create statement, String name) {
        return statement.options().stream()
                .filter(o -> o.name().text().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
    }

    private StreamKind kind(Statement.Create statement, StreamOptions options) {
        String kind = options.get("KIND").orElse("scan").toLowerCase(Locale.ROOT);
        if (!statement.table()) {
            if (options.get("KIND").isPresent()) {
                throw text.error(
                        StandardError.INVALID_STREAM,
                        "KIND belongs to tables. Write CREATE TABLE "
                                + statement.name().text(),
                        option(statement, "KIND").name().place());
            }
            return StreamKind.STREAM;
        }
        return switch (kind) {
            case "scan", "" -> StreamKind.SCAN_TABLE;
            case "lookup" -> {
                if (options.get("TYPE").filter("memory"::equalsIgnoreCase).isPresent()
                        && options.get("KEY").isEmpty()) {
                    throw text.error(
                            StandardError.INVALID_STREAM,
                            "A lookup table of type 'memory' needs the option KEY, the name of its key column",
                            statement.name().place());
                }
                yield StreamKind.LOOKUP_TABLE;
            }
            default -> throw noKind(kind, option(statement, "KIND").value().place());
        };
    }

    private VarunaException noKind(String kind, Place place) {
        String nearest = NearestName.question(kind, List.of("scan", "lookup"));
        return text.error(
                StandardError.INVALID_STREAM,
                "KIND takes 'scan' or 'lookup', not '" + kind + "'" + (nearest.isEmpty() ? "" : "." + nearest),
                place);
    }

    private List<Column> columns(List<Declaration.Column> declared, @Nullable Map<String, Object> defaults) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Declaration.Column column : declared) {
            String name = column.name().text();
            if (!names.add(name)) {
                throw text.error(
                        StandardError.DUPLICATE_COLUMN,
                        "The column '" + name + "' is declared twice",
                        column.name().place());
            }
            DataType type = type(column.type());
            Declaration.Value value = column.defaultValue();
            if (value != null) {
                Object converted = defaultValue(type, value);
                if (defaults != null) {
                    defaults.put(name, converted);
                }
            }
            columns.add(new Column(name, type));
        }
        return columns;
    }

    private DataType type(Declaration.Type declared) {
        Declaration.Type element = declared.element();
        if (element != null) {
            return DataType.array(type(element));
        }
        List<Declaration.Column> members = declared.members();
        if (members != null) {
            return DataType.struct(members.isEmpty() ? Schema.OPEN : new Schema(columns(members, null), false));
        }
        String name = declared.name().text();
        return Types.simple(name)
                .orElseThrow(() -> text.error(
                        StandardError.INVALID_STREAM,
                        "'" + name + "' is no type" + StatementText.suggest(name, TYPES, "The types are"),
                        declared.place()));
    }

    private Object defaultValue(DataType type, Declaration.Value declared) {
        Object value = declared.value();
        Object converted =
                switch (type.kind()) {
                    case BIGINT -> value instanceof BigDecimal number
                                    && number.stripTrailingZeros().scale() <= 0
                            ? (Object) number.longValue()
                            : null;
                    case DOUBLE -> value instanceof BigDecimal number ? (Object) number.doubleValue() : null;
                    case VARCHAR -> value instanceof String ? value : null;
                    case BOOLEAN -> value instanceof Boolean ? value : null;
                    case VARBINARY, TIMESTAMP, ARRAY, STRUCT, ANY -> throw text.error(
                            StandardError.INVALID_STREAM,
                            "A column of type " + type + " takes no DEFAULT. BIGINT, FLOAT, STRING and BOOLEAN do",
                            declared.place());
                };
        if (converted == null) {
            throw text.error(
                    StandardError.INVALID_STREAM,
                    "The DEFAULT of a " + type + " column takes a " + type + " literal, not '" + value + "'",
                    declared.place());
        }
        return converted;
    }

    private StreamOptions options(List<Declaration.Option> declared) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Declaration.Option option : declared) {
            String name = option.name().text().toUpperCase(Locale.ROOT);
            if (!StreamOptions.NAMES.contains(name)) {
                throw text.error(
                        StandardError.INVALID_STREAM,
                        "There is no option '" + option.name().text() + "'"
                                + StatementText.suggest(name, StreamOptions.NAMES, "The options are"),
                        option.name().place());
            }
            String value = value(option, name);
            if (values.put(name, value) != null) {
                throw text.error(
                        StandardError.INVALID_STREAM,
                        "The option " + name + " is given twice",
                        option.name().place());
            }
        }
        return new StreamOptions(values);
    }

    private String value(Declaration.Option option, String name) {
        Object value = option.value().value();
        String given = value instanceof BigDecimal number ? number.toPlainString() : text(value);
        if (FLAGS.contains(name)) {
            String flag = given.toUpperCase(Locale.ROOT);
            if (!flag.equals("TRUE") && !flag.equals("FALSE")) {
                throw text.error(
                        StandardError.INVALID_STREAM,
                        name + " takes TRUE or FALSE, not '" + given + "'",
                        option.value().place());
            }
            return flag;
        }
        if (NAMING.contains(name) && given.isBlank()) {
            throw text.error(
                    StandardError.INVALID_STREAM,
                    name + " takes the name of a plugin, not an empty text. Leave it out for the usual one",
                    option.value().place());
        }
        if (name.equals("RETAIN_SIZE") && !given.matches("\\d{1,9}")) {
            throw text.error(
                    StandardError.INVALID_STREAM,
                    "RETAIN_SIZE takes a number of rows, not '" + given + "'",
                    option.value().place());
        }
        return given;
    }

    private static String text(@Nullable Object value) {
        // as the options of a stream hold it
        return value == null
                ? ""
                : value instanceof Boolean ? value.toString().toUpperCase(Locale.ROOT) : value.toString();
    }
}
