package io.varuna.sql.parser;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random statements of the whole rule grammar, and of what it takes of the standard one. */
final class RandomStatements {
    private static final List<String> NAMES = List.of(
            "a",
            "b",
            "user",
            "value",
            "timestamp",
            "count",
            "year",
            "current_timestamp",
            "pi",
            "stream",
            "rank",
            "`a b`",
            "`select`",
            "`\u4e2d`",
            "`a\\`b`",
            "_x",
            "ss",
            "localtime",
            "exists1",
            "Method");
    /** Names that are no words of the standard grammar either, and functions. */
    private static final List<String> STANDARD_NAMES = List.of("a", "b", "c", "`value`", "`a b`", "abc");

    private static final List<String> STANDARD_FUNCTIONS =
            List.of("abs", "Upper", "count", "`my function`", "coalesce");
    private static final List<String> FUNCTIONS = List.of(
            "abs",
            "Upper",
            "lag",
            "cast",
            "extract",
            "trim",
            "floor",
            "values",
            "unnest",
            "count",
            "date_diff",
            "`my function`",
            "concat",
            "array_create",
            "mod",
            "position",
            "coalesce",
            "row_number",
            "element");
    private static final List<String> TEXTS = List.of(
            "''",
            "'x'",
            "\"it's\"",
            "'it''s'",
            "'\\n\\t\\\\'",
            "'\\u4e2d'",
            "\"a\\\"b\"",
            "'a\\%b'",
            "'/* -- */'",
            "'\u00e4'");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "007",
            "9223372036854775807",
            "9223372036854775808",
            "0.5",
            ".5",
            "5.",
            "1e3",
            "1.50E-2",
            "0.0000000001",
            "2.E+1");
    private static final List<String> BINARY =
            List.of("=", "!=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "&", "|", "^", "||", "AND", "OR");
    private static final List<String> WINDOWS = List.of(
            "TUMBLINGWINDOW(ss, 10)",
            "HoppingWindow(mi, 10, 5)",
            "SLIDINGWINDOW(ms, 5, 1)",
            "SESSIONWINDOW(hh, 2, 1)",
            "COUNTWINDOW(5, 2)",
            "STATEWINDOW(a > 1, b < 2)");
    private static final List<String> TYPES =
            List.of("BIGINT", "float", "STRING", "DATETIME", "BOOLEAN", "BYTEA", "VARCHAR(20)", "DECIMAL(3, 2)");

    private final Random random;
    private boolean standard;

    RandomStatements(Random random) {
        this.random = random;
    }

    /** Returns a statement; one of four needs the standard grammar for some word of it. */
    String next() {
        standard = random.nextInt(4) == 0;
        return standard
                ? pick(() -> query(2), this::pattern)
                : pick(
                        () -> query(2),
                        () -> query(2),
                        () -> query(3),
                        this::with,
                        this::create,
                        this::about,
                        () -> "EXPLAIN " + query(1));
    }

    private String about() {
        String kind = pickOf(List.of("STREAM", "TABLE"));
        return pick(
                () -> "DROP " + kind + maybe(" IF EXISTS") + " " + name(),
                () -> "SHOW " + kind + "S",
                () -> "DESCRIBE " + kind + " " + name(),
                () -> "EXPLAIN " + kind + " " + name());
    }

    private String create() {
        return "CREATE " + maybe("OR REPLACE ") + pickOf(List.of("STREAM ", "TABLE ")) + maybe("IF NOT EXISTS ")
                + name() + " (" + list(0, 4, () -> column(2)) + ") WITH ("
                + list(
                        0,
                        3,
                        () -> pickOf(List.of("DATASOURCE", "type", "`KEY`", "SHARED", "format")) + maybe(" ") + "="
                                + pick(
                                        () -> pickOf(TEXTS),
                                        () -> "TRUE",
                                        () -> "false",
                                        () -> pickOf(NUMBERS),
                                        () -> "NULL"))
                + ")";
    }

    private String column(int depth) {
        return name() + " " + type(depth)
                + maybe(" DEFAULT " + pick(() -> pickOf(TEXTS), () -> "-" + pickOf(NUMBERS), () -> "TRUE"));
    }

    private String type(int depth) {
        if (depth == 0) {
            return pickOf(TYPES);
        }
        return pick(
                () -> pickOf(TYPES),
                () -> "ARRAY(" + type(depth - 1) + ")",
                () -> "struct(" + list(1, 3, () -> column(depth - 1)) + ")");
    }

    private String with() {
        return "WITH " + list(1, 2, () -> name() + maybe(" (a, b)") + " AS (" + query(1) + ")") + " " + query(1);
    }

    private String query(int depth) {
        return select(depth)
                + (depth > 0 && random.nextInt(8) == 0 ? " UNION ALL " + select(depth - 1) : "")
                + maybe(" ORDER BY "
                        + list(1, 2, () -> expression(1) + pickOf(List.of("", " ASC", " DESC", " DESC NULLS LAST"))))
                + maybe(" LIMIT " + random.nextInt(10) + maybe(" OFFSET 3"));
    }

    private String select(int depth) {
        return "SELECT " + (random.nextInt(6) == 0 ? "DISTINCT " : "") + list(1, 3, () -> item(depth)) + " FROM "
                + from(depth)
                + maybe(" WHERE " + expression(depth))
                + maybe(" GROUP BY " + list(1, 2, () -> pick(() -> expression(depth), this::window)))
                + maybe(" HAVING " + expression(depth));
    }

    private String item(int depth) {
        return pick(
                () -> star(depth),
                () -> expression(depth)
                        + pick(() -> "", () -> " AS " + name())
                        + pick(() -> "", () -> "", () -> " INVISIBLE"),
                () -> expression(depth) + " AS " + name());
    }

    private String star(int depth) {
        return pickOf(List.of("*", "*", "a.*"))
                + maybe(" EXCEPT(" + list(1, 2, this::name) + ")")
                + maybe(" REPLACE(" + list(1, 2, () -> expression(depth - 1) + " AS " + name()) + ")");
    }

    private String window() {
        return pickOf(WINDOWS) + maybe(" FILTER (WHERE " + expression(1) + ")") + pick(() -> "", () -> over());
    }

    private String over() {
        return " OVER ("
                + pick(
                        () -> "PARTITION BY " + list(1, 2, () -> expression(1)),
                        () -> "WHEN " + expression(1),
                        () -> "PARTITION BY " + name() + " WHEN " + expression(1),
                        () -> "PARTITION BY " + name() + " ORDER BY " + name() + " DESC")
                + ")";
    }

    private String from(int depth) {
        StringBuilder from = new StringBuilder(source(depth));
        while (random.nextInt(3) == 0) {
            from.append(pick(
                    () -> pickOf(List.of(" INNER", " LEFT", " RIGHT", " FULL", " LEFT OUTER", "")) + " JOIN "
                            + source(0) + " ON " + expression(1),
                    () -> " CROSS JOIN " + source(depth),
                    () -> ", " + source(0)));
        }
        return from.toString();
    }

    private String source(int depth) {
        return pick(
                () -> "demo",
                () -> name(),
                () -> "topic/sensor1/+/#",
                () -> "/a/b",
                () -> "demo AS d",
                () -> "demo d",
                () -> "demo AS " + name(),
                () -> depth > 0 ? "(" + query(depth - 1) + ") AS q" : "demo");
    }

    private String pattern() {
        return "SELECT * FROM demo MATCH_RECOGNIZE (PARTITION BY " + name() + " ORDER BY ts MEASURES "
                + pickOf(List.of("", "FINAL ", "RUNNING ")) + "LAST(x.a) AS m, " + expression(1) + " AS n "
                + pickOf(List.of("", "ONE ROW PER MATCH ", "ALL ROWS PER MATCH "))
                + pickOf(List.of(
                        "",
                        "AFTER MATCH SKIP PAST LAST ROW ",
                        "AFTER MATCH SKIP TO NEXT ROW ",
                        "AFTER MATCH SKIP TO LAST x ",
                        "AFTER MATCH SKIP TO FIRST x "))
                + "PATTERN (" + variables(2) + ")" + maybe(" WITHIN INTERVAL '10' SECOND")
                + maybe(" SUBSET u = (x, y), v = (x)") + " DEFINE x AS " + expression(1) + ", y AS PREV(y.a) > 1)";
    }

    private String variables(int depth) {
        if (depth == 0) {
            return pickOf(List.of("x", "y"))
                    + pickOf(List.of("", "*", "+", "?", "+?", "*?", "{2}", "{2,}", "{2,3}", "{,3}?"));
        }
        return pick(
                () -> variables(0),
                () -> variables(depth - 1) + " " + variables(depth - 1),
                () -> "(" + variables(depth - 1) + " | " + variables(depth - 1) + ")" + pickOf(List.of("", "+", "{2}")),
                () -> "PERMUTE(x, y)");
    }

    private String expression(int depth) {
        if (depth <= 0) {
            return pick(
                    () -> name(),
                    () -> name() + "." + name(),
                    () -> pickOf(NUMBERS),
                    () -> pickOf(TEXTS),
                    () -> "TRUE",
                    () -> "NULL",
                    () -> "-" + pickOf(NUMBERS),
                    () -> standard ? pickOf(List.of("INTERVAL '10' SECOND", "DATE '2026-01-31'")) : name());
        }
        return pick(
                () -> expression(0),
                () -> expression(depth - 1) + " " + pickOf(BINARY) + " " + expression(depth - 1),
                () -> "(" + expression(depth - 1) + ") " + pickOf(BINARY) + " (" + expression(depth - 1) + ")",
                () -> "(" + expression(depth - 1) + ")",
                () -> primary(depth) + "->" + name(),
                () -> primary(depth) + "[" + expression(depth - 1) + "]" + maybe("." + name()),
                () -> primary(depth)
                        + pickOf(List.of("[:]", "[]", "[1:]", "[:-1]", "[a:b + 1]"))
                        + maybe("->" + name()),
                () -> "NOT " + expression(depth - 1),
                () -> "-(" + expression(depth - 1) + ")",
                () -> "- " + name(),
                () -> primary(depth) + not() + " BETWEEN " + primary(depth) + " AND " + primary(depth),
                () -> primary(depth) + not() + " LIKE " + primary(depth) + maybe(" ESCAPE '!'"),
                () -> primary(depth) + not() + " IN (" + list(1, 3, () -> expression(depth - 1)) + ")",
                () -> primary(depth) + not() + " IN " + name() + maybe("->" + name()) + maybe(" + 1"),
                () -> primary(depth) + " IS " + not() + pickOf(List.of(" NULL", " TRUE", " FALSE")),
                () -> "CASE " + pick(() -> "", () -> expression(depth - 1)) + " WHEN " + expression(depth - 1)
                        + " THEN " + expression(depth - 1) + maybe(" ELSE " + expression(depth - 1)) + " END",
                () -> call(depth),
                () -> call(depth) + over(),
                () -> "CAST(" + expression(depth - 1) + " AS "
                        + pickOf(List.of("BIGINT", "DOUBLE", "VARCHAR", "TIMESTAMP")) + ")",
                () -> "sum(" + maybe("DISTINCT ") + expression(depth - 1) + ") FILTER (WHERE " + expression(depth - 1)
                        + ")");
    }

    private String call(int depth) {
        return pickOf(standard ? STANDARD_FUNCTIONS : FUNCTIONS) + "("
                + list(1, 3, () -> pick(() -> expression(depth - 1), () -> expression(depth - 1), () -> star(0))) + ")";
    }

    private String primary(int depth) {
        return pick(this::name, () -> "(" + expression(depth - 1) + ")", () -> call(depth));
    }

    private String name() {
        return pickOf(standard ? STANDARD_NAMES : NAMES);
    }

    private String not() {
        return random.nextBoolean() ? " NOT" : "";
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private String list(int least, int most, Supplier<String> item) {
        StringBuilder list = new StringBuilder();
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            list.append(i == 0 ? "" : ", ").append(item.get());
        }
        return list.toString();
    }

    @SafeVarargs
    private String pick(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private String pickOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
