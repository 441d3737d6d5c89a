package io.varuna.sql.parser;

import io.varuna.sql.parser.generated.Token;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Says what to write in the place of what people know from other streaming databases. */
final class OtherDialects {
    private static final String OF_QUERY =
            " A stream is not made of a query. Let a rule write to a topic of type memory, which a stream reads";

    private static final Map<String, String> STATEMENTS = Map.of(
            "INSERT", " The actions of a rule say where its results go: write the query alone",
            "ALTER", " Write CREATE OR REPLACE STREAM",
            "DESC", " Write DESCRIBE STREAM",
            "VALUES", " A rule reads a stream: SELECT ... FROM demo",
            "TABLE", " Write SELECT * FROM demo");

    private static final Map<String, String> CREATED = Map.of(
            "VIEW", OF_QUERY,
            "MATERIALIZED", OF_QUERY,
            "SINK", " The actions of a rule say where its results go",
            "SOURCE", " Write CREATE STREAM, whose option TYPE names the source",
            "FUNCTION", " Functions are those of plugins");

    private static final Map<String, String> DECLARED = Map.of(
            "PRIMARY", " Name the key by the option KEY",
            "WATERMARK",
                    " Name the time by the option TIMESTAMP; a rule's option lateTolerance says how late rows may come",
            "NOT", " Any column may be NULL. With the option STRICT_VALIDATION all of them have to be there",
            "METADATA", " Metadata are asked for in the query: meta(topic)");

    private static final Set<String> KSQL_WINDOWS = Set.of("TUMBLING", "HOPPING", "SESSION");

    private OtherDialects() {}

    /** Returns a hint about the first word of what is no statement, or an empty text. */
    static String statement(Token first) {
        return STATEMENTS.getOrDefault(word(first), "");
    }

    /** Returns a hint about the token that is not expected, or an empty text. */
    static String hint(List<Token> tokens, int at) {
        String met = word(tokens.get(at));
        String previous = at == 0 ? "" : word(tokens.get(at - 1));
        if (word(tokens.get(0)).equals("CREATE")) {
            return declaration(tokens, at, met);
        }
        if (met.equals("EMIT")) {
            return " Remove EMIT: every result is put out when it is there";
        }
        if (met.equals("STREAM") && previous.equals("SELECT")) {
            return " Remove STREAM: every query is one of a stream";
        }
        if (previous.equals("TOP")) {
            return " Write LIMIT at the end";
        }
        if (met.equals(":") && previous.equals(":")) {
            return " Write CAST(value AS type)";
        }
        return KSQL_WINDOWS.contains(previous) && met.equals("(")
                ? " Put the window into GROUP BY, such as TUMBLINGWINDOW(ss, 10)"
                : "";
    }

    private static String declaration(List<Token> tokens, int at, String met) {
        if (met.equals("AS") && at <= 3) {
            return OF_QUERY;
        }
        if (at == 1 && CREATED.containsKey(met)) {
            return CREATED.get(met);
        }
        // the columns are in the first parentheses
        for (int i = at; i > Math.max(0, at - 4); i--) {
            String hint = DECLARED.get(word(tokens.get(i)));
            if (hint != null) {
                return hint;
            }
        }
        return "";
    }

    private static String word(Token token) {
        return token.image == null ? "" : token.image.toUpperCase(Locale.ROOT);
    }
}
