package io.varuna.sql.parser;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes statements as texts that read as the same statement. */
final class StatementWriter {
    private StatementWriter() {}

    static String write(Statement statement) {
        if (statement instanceof Statement.Query query) {
            return StatementDialect.write(query.node());
        }
        if (statement instanceof Statement.ExplainQuery explain) {
            return "EXPLAIN " + StatementDialect.write(explain.node());
        }
        if (statement instanceof Statement.Create create) {
            return create(create);
        }
        if (statement instanceof Statement.Drop drop) {
            return "DROP " + kind(drop.table()) + (drop.ifExists() ? " IF EXISTS " : " ") + name(drop.name());
        }
        if (statement instanceof Statement.Show show) {
            return "SHOW " + kind(show.tables()) + "S";
        }
        if (statement instanceof Statement.Describe describe) {
            return "DESCRIBE " + kind(describe.table()) + " " + name(describe.name());
        }
        if (statement instanceof Statement.Explain explain) {
            return "EXPLAIN " + kind(explain.table()) + " " + name(explain.name());
        }
        throw new IllegalArgumentException(statement.toString());
    }

    private static String kind(boolean table) {
        return table ? "TABLE" : "STREAM";
    }

    private static String name(Declaration.Name name) {
        return StatementDialect.quote(name.text());
    }

    private static String create(Statement.Create create) {
        return "CREATE " + (create.orReplace() ? "OR REPLACE " : "") + kind(create.table())
                + (create.ifNotExists() ? " IF NOT EXISTS " : " ") + name(create.name())
                + " (" + columns(create.columns()) + ") WITH ("
                + create.options().stream()
                        .map(option -> name(option.name()) + " = " + value(option.value()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String columns(List<Declaration.Column> columns) {
        return columns.stream().map(StatementWriter::column).collect(Collectors.joining(", "));
    }

    private static String column(Declaration.Column column) {
        Declaration.Value value = column.defaultValue();
        return name(column.name()) + " " + type(column.type()) + (value == null ? "" : " DEFAULT " + value(value));
    }

    private static String type(Declaration.Type type) {
        if (type.element() != null) {
            return type.name().text() + " (" + type(type.element()) + ")";
        }
        if (type.members() != null) {
            return type.name().text() + " (" + columns(type.members()) + ")";
        }
        return name(type.name());
    }

    private static String value(Declaration.Value value) {
        @Nullable Object object = value.value();
        return object instanceof String text
                ? StringText.quote(text)
                : String.valueOf(object).toUpperCase(Locale.ROOT);
    }
}
