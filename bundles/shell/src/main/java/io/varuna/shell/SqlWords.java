package io.varuna.shell;

import io.varuna.api.data.Column;
import io.varuna.api.manage.FunctionDescription;
import io.varuna.api.manage.FunctionService;
import io.varuna.api.manage.StreamDescription;
import io.varuna.api.manage.StreamService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The words that can go on a statement: of the language, and names of streams, their columns, and functions. */
final class SqlWords {
    private static final List<String> KEYWORDS = List.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "BY",
            "HAVING",
            "ORDER",
            "LIMIT",
            "JOIN",
            "LEFT",
            "RIGHT",
            "INNER",
            "FULL",
            "CROSS",
            "ON",
            "AS",
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "NULL",
            "BETWEEN",
            "LIKE",
            "ESCAPE",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "EXCEPT",
            "REPLACE",
            "OVER",
            "PARTITION",
            "FILTER",
            "ASC",
            "DESC",
            "CREATE",
            "DROP",
            "SHOW",
            "DESCRIBE",
            "EXPLAIN",
            "STREAM",
            "STREAMS",
            "TABLE",
            "TABLES",
            "WITH",
            "TUMBLINGWINDOW",
            "HOPPINGWINDOW",
            "SLIDINGWINDOW",
            "SESSIONWINDOW",
            "COUNTWINDOW",
            "DATASOURCE",
            "FORMAT",
            "TYPE",
            "KEY",
            "CONF_KEY",
            "SHARED",
            "TIMESTAMP",
            "TIMESTAMP_FORMAT",
            "STRICT_VALIDATION",
            "DELIMITER",
            "RETAIN_SIZE",
            "KIND",
            "BIGINT",
            "FLOAT",
            "STRING",
            "BOOLEAN",
            "BYTEA",
            "DATETIME",
            "ARRAY",
            "STRUCT");

    private final StreamService streams;
    private final FunctionService functions;

    SqlWords(StreamService streams, FunctionService functions) {
        this.streams = streams;
        this.functions = functions;
    }

    /** Returns where the word that ends {@code text} begins. */
    static int wordStart(String text) {
        int start = text.length();
        while (start > 0 && isPartOfWord(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Returns what the word that ends {@code text} can become, in the order of the alphabet. */
    List<String> completions(String text) {
        String word = text.substring(wordStart(text));
        String start = word.toLowerCase(Locale.ROOT);
        boolean lowerCase = !word.isEmpty() && word.equals(start);
        TreeSet<String> completions = new TreeSet<>();
        for (String keyword : KEYWORDS) {
            completions.add(lowerCase ? keyword.toLowerCase(Locale.ROOT) : keyword);
        }
        completions.addAll(names(text));
        return completions.stream()
                .filter(completion -> completion.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
    }

    private List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (StreamDescription stream : Streams.all(streams)) {
            names.add(stream.name());
            // before a stream is named, the columns of any may be meant
            if (!text.toLowerCase(Locale.ROOT).contains(" from ") || text.contains(stream.name())) {
                names.addAll(
                        stream.schema().columns().stream().map(Column::name).toList());
            }
        }
        names.addAll(functions.list().stream().map(FunctionDescription::name).toList());
        return names;
    }

    private static boolean isPartOfWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }
}
