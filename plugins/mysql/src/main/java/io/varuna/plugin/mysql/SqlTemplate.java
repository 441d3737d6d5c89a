package io.varuna.plugin.mysql;

import io.varuna.api.data.Conversions;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.plugin.mysql.TableColumns.TableColumn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SELECT in which {@code {{.column}}} stands for a value of the key. The values never become part of the text: each place is
 * a parameter of a prepared statement, also where it is written in quotes, or with other text around it in there.
 *
 * @param text with {@code ?} for each parameter
 */
record SqlTemplate(String text, List<Parameter> parameters) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern NAME = Pattern.compile("\\s*\\.([A-Za-z_][A-Za-z0-9_]*)\\s*");

    SqlTemplate {
        parameters = List.copyOf(parameters);
    }

    /**
     * A parameter: texts with the values of columns of the key between them.
     *
     * @param texts one more than columns
     * @param columns positions in the key
     * @param quoted whether the value is handed over as a text
     */
    record Parameter(List<String> texts, List<Integer> columns, boolean quoted) {
        Parameter {
            texts = List.copyOf(texts);
            columns = List.copyOf(columns);
        }
    }

    /** Reads a template; fails where a place does not stand for a value of the key. */
    static SqlTemplate of(String template, List<String> keyColumns) {
        StringBuilder text = new StringBuilder();
        List<Parameter> parameters = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            int end = end(template, at);
            String part = template.substring(at, end);
            if (c == '\'' || c == '"') {
                Parameter parameter = quoted(part, keyColumns);
                parameters.addAll(parameter.columns().isEmpty() ? List.of() : List.of(parameter));
                text.append(parameter.columns().isEmpty() ? part : "?");
            } else if (part.startsWith("{{")) {
                parameters.add(new Parameter(List.of("", ""), List.of(column(part, keyColumns)), false));
                text.append('?');
            } else {
                if (part.contains("{{")) {
                    throw refused("'" + part + "' has a place for a value where none can be: in a name or a comment");
                }
                text.append(part);
            }
            at = end;
        }
        return new SqlTemplate(text.toString(), parameters);
    }

    /** Returns where what begins at a position ends: a text, a name in back-ticks, a comment, a place, or one character. */
    private static int end(String template, int at) {
        char c = template.charAt(at);
        int end =
                switch (c) {
                    case '\'', '"', '`' -> closing(template, at, c);
                    case '{' -> template.startsWith("{{", at) ? after(template, "}}", at) : at + 1;
                    case '#' -> after(template, "\n", at);
                    case '-' -> template.startsWith("-- ", at) ? after(template, "\n", at) : at + 1;
                    case '/' -> template.startsWith("/*", at) ? after(template, "*/", at) : at + 1;
                    default -> at + 1;
                };
        if (end < 0) {
            throw refused("what begins with '" + c + "' at position " + (at + 1) + " has no end");
        }
        return end;
    }

    private static int after(String template, String closing, int from) {
        int found = template.indexOf(closing, from);
        if (found < 0) {
            // a comment may be the last line
            return closing.equals("\n") ? template.length() : -1;
        }
        return found + closing.length();
    }

    private static int closing(String template, int from, char quote) {
        for (int i = from + 1; i < template.length(); i++) {
            if (template.charAt(i) == '\\' && quote != '`') {
                i++;
            } else if (template.charAt(i) == quote) {
                return i + 1;
            }
        }
        return -1;
    }

    private static Parameter quoted(String literal, List<String> keyColumns) {
        List<String> texts = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        String content = literal.substring(1, literal.length() - 1);
        Matcher place = PLACE.matcher(content);
        int from = 0;
        while (place.find()) {
            texts.add(content.substring(from, place.start()));
            columns.add(column(place.group(), keyColumns));
            from = place.end();
        }
        texts.add(content.substring(from));
        if (!columns.isEmpty() && texts.stream().anyMatch(text -> text.indexOf('\\') >= 0)) {
            throw refused(literal + " has a backslash beside a place for a value. Put the text together with CONCAT");
        }
        return new Parameter(texts, columns, true);
    }

    private static int column(String place, List<String> keyColumns) {
        Matcher name = NAME.matcher(place.substring(2, place.length() - 2));
        int column = name.matches() ? keyColumns.indexOf(name.group(1)) : -1;
        if (column < 0) {
            throw refused(place + " stands for no column that the join compares. It compares: "
                    + String.join(", ", keyColumns) + ", written as {{." + keyColumns.get(0) + "}}");
        }
        return column;
    }

    private static VarunaException refused(String what) {
        return new VarunaException(StandardError.INVALID_PROPERTY, "Property 'templateSql': " + what);
    }

    void bind(PreparedStatement statement, List<Object> key) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Object value = key.get(parameter.columns().get(0));
            if (parameter.quoted()) {
                StringBuilder filled = new StringBuilder(parameter.texts().get(0));
                for (int j = 0; j < parameter.columns().size(); j++) {
                    filled.append(Conversions.toText(key.get(parameter.columns().get(j))));
                    filled.append(parameter.texts().get(j + 1));
                }
                value = filled.toString();
            }
            ColumnValue.set(statement, i + 1, new TableColumn("", Types.OTHER), value);
        }
    }
}
