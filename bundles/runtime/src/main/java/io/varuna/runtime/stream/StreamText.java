package io.varuna.runtime.stream;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import io.varuna.plan.StreamDefinition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Streams as people are shown them, in eKuiper's form. */
final class StreamText {
    private StreamText() {}

    static String describe(StreamDefinition stream) {
        StringBuilder text =
                new StringBuilder("Fields\n").append("-".repeat(80)).append('\n');
        for (Column column : stream.schema().columns()) {
            text.append(column.name()).append('\t').append(type(column.type()));
            Object value = stream.defaults().get(column.name());
            if (value != null) {
                text.append(" DEFAULT ").append(value);
            }
            text.append('\n');
        }
        text.append('\n');
        stream.options().values().forEach((name, value) -> text.append(name)
                .append(": ")
                .append(value.equals("TRUE") || value.equals("FALSE") ? value.toLowerCase(Locale.ROOT) : value)
                .append('\n'));
        return text.toString();
    }

    static String explain(StreamDefinition stream, List<String> readers) {
        String columns = stream.schema().columns().isEmpty()
                ? "whatever the records have"
                : stream.schema().columns().stream()
                        .map(column -> column.name() + " " + type(column.type()))
                        .collect(Collectors.joining(", "));
        return "Source: " + stream.options().type(stream.kind())
                + (stream.options().dataSource().isEmpty()
                        ? ""
                        : " '" + stream.options().dataSource() + "'")
                + reading(stream)
                + "\nFormat: " + stream.options().format()
                + "\nColumns: " + columns
                + time(stream)
                + "\nRead by: " + (readers.isEmpty() ? "no rule" : String.join(", ", readers))
                + "\n";
    }

    private static String reading(StreamDefinition stream) {
        if (stream.kind() == StreamKind.LOOKUP_TABLE) {
            return ", asked for the rows of a key";
        }
        return stream.options().shared() ? ", one for all rules" : ", one for each rule";
    }

    /** A lookup table answers as of now, whatever the time of the row is that asks. */
    private static String time(StreamDefinition stream) {
        if (stream.kind() == StreamKind.LOOKUP_TABLE) {
            return "";
        }
        return "\nTime: "
                + stream.options().timestamp().map(column -> "column " + column).orElse("time of arrival");
    }

    private static String type(DataType type) {
        DataType element = type.element();
        if (element != null) {
            return "array(" + type(element) + ")";
        }
        Schema fields = type.fields();
        if (fields != null) {
            return fields.columns().stream()
                    .map(field -> field.name() + " " + type(field.type()))
                    .collect(Collectors.joining(", ", "struct(", ")"));
        }
        return type.kind().ruleName();
    }
}
