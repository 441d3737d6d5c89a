package io.varuna.itests.rules;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random queries of standard SQL on the columns {@code a BIGINT, b BIGINT, c DOUBLE, s VARCHAR, t VARCHAR, f BOOLEAN}. They
 * keep to what every database does in the same way: no overflow, no division by zero, no conversion that rounds.
 */
final class StandardQueries {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Random random;
    private final List<String> sources;

    StandardQueries(Random random) {
        this(random, List.of());
    }

    private StandardQueries(Random random, List<String> sources) {
        this.random = random;
        this.sources = sources;
    }

    /** Returns queries of the columns of some sources, which each have all. */
    StandardQueries of(String... names) {
        return new StandardQueries(random, List.of(names));
    }

    /** Returns a number that is less than the limit. */
    int below(int limit) {
        return random.nextInt(limit);
    }

    private String column(String name) {
        return sources.isEmpty() ? name : pickOf(sources) + "." + name;
    }

    /** Returns a condition on which the sources x and y are joined. */
    String on() {
        return pick(
                        () -> "x.a = y.a",
                        () -> "x.a = y.b AND x.s = y.s",
                        () -> "x.a + 1 = y.b",
                        () -> "x.c < y.c",
                        () -> "x.id = y.id")
                + pick(() -> "", () -> " AND " + of("x", "y").condition(1));
    }

    /** Returns a condition on rows of a table, which it calls y, for a row x; it can be unknown. */
    String ofRows(String table) {
        String from = " FROM " + table + " AS y WHERE ";
        StandardQueries outer = of("x");
        StandardQueries inner = of("y");
        return "("
                + pick(
                        () -> outer.whole(1) + negated() + " IN (SELECT " + inner.whole(1) + from + inner.condition(1)
                                + ")",
                        () -> outer.text(1) + negated() + " IN (SELECT " + inner.text(1) + from
                                + of("x", "y").condition(2) + ")",
                        () -> "x.b" + negated() + " IN (SELECT y.a" + from + "y.a IS NOT NULL)",
                        () -> "x.b" + negated() + " IN (SELECT y.a" + from + "y.s = x.s GROUP BY y.a HAVING count(*) > "
                                + below(2) + ")",
                        () -> "NOT EXISTS (SELECT * " + from + on() + ")",
                        () -> "EXISTS (SELECT 1" + from + on() + " AND " + inner.condition(1) + ")",
                        () -> outer.whole(1) + " " + pickOf(COMPARISONS) + " (SELECT "
                                + pickOf(List.of("max", "min")) + "(" + inner.whole(1) + ")" + from
                                + of("x", "y").condition(1) + ")")
                + ")";
    }

    /** Returns how a value of a row x compares with those of rows of a table, which it calls y; it can be unknown. */
    String quantified(String table) {
        String from = " FROM " + table + " AS y WHERE " + of("x", "y").condition(1);
        String quantifier = " " + pickOf(COMPARISONS) + pickOf(List.of(" ANY", " SOME", " ALL"));
        return "("
                + pick(
                        () -> of("x").whole(1) + quantifier + " (SELECT " + of("y").whole(1) + from + ")",
                        () -> of("x").text(1) + quantifier + " (SELECT " + of("y").text(1) + from + ")")
                + ")";
    }

    /** Returns a value of rows of a table, which it calls y, for a row x. */
    String valueOfRows(String table) {
        String from = " FROM " + table + " AS y WHERE ";
        return pick(
                () -> "(SELECT " + of("y").text(1) + from + "y.id = x.id)",
                () -> "(SELECT " + of("x", "y").whole(2) + from + "y.id = x.id - 1)",
                () -> "(SELECT count(*)" + from + of("x", "y").condition(2) + ")",
                () -> "(SELECT count(*) + x.id" + from + "y.a = x.b)",
                () -> "(SELECT DISTINCT y.a" + from + "y.a = x.a)",
                () -> "(SELECT y.id" + from + of("y").condition(1) + " ORDER BY y.id DESC LIMIT 1)",
                () -> "(SELECT avg(y.c)" + from + on() + ")",
                () -> "CASE WHEN EXISTS (SELECT y.id" + from + on() + ") THEN (SELECT max(y.b)" + from
                        + "y.a = x.a) END");
    }

    /** Returns a list of expressions of all types, named {@code x0}, {@code x1} and so on. */
    String columns() {
        StringBuilder columns = new StringBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            columns.append(i == 0 ? "" : ", ").append(value(3)).append(" AS x").append(i);
        }
        return columns.toString();
    }

    /** Returns a list of aggregates, named likewise. */
    String aggregates() {
        StringBuilder columns = new StringBuilder("count(*) AS x0");
        int count = 1 + random.nextInt(3);
        for (int i = 1; i <= count; i++) {
            columns.append(", ").append(aggregate()).append(" AS x").append(i);
        }
        return columns.toString();
    }

    private String aggregate() {
        // the database forgets the type of an expression that it finds to be NULL always, and sums no such thing
        return pick(
                () -> "sum(CAST(" + whole(2) + " AS BIGINT))",
                () -> "min(" + whole(2) + ")",
                () -> "max(" + whole(2) + ")",
                () -> "min(" + text(1) + ")",
                () -> "count(" + value(2) + ")",
                () -> "count(DISTINCT " + whole(1) + ")",
                () -> "sum(" + number(2) + ")",
                () -> "avg(" + number(2) + ")",
                () -> "avg(" + column("c") + ") FILTER (WHERE " + condition(1) + ")",
                () -> "max(" + text(2) + ") FILTER (WHERE " + condition(1) + ")",
                () -> "sum(DISTINCT " + column("a") + ")",
                () -> "count(DISTINCT " + text(1) + ") FILTER (WHERE " + condition(1) + ")",
                () -> "sum(CASE WHEN " + condition(1) + " THEN 1 ELSE 0 END)",
                () -> "sum(" + column("a") + ") FILTER (WHERE " + condition(2) + ")",
                () -> "count(*) FILTER (WHERE " + condition(2) + ")");
    }

    /** Returns a list of calls of functions that databases have, too, named {@code x0}, {@code x1} and so on. */
    String functions() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            columns.append(i == 0 ? "" : ", ")
                    .append(pick(() -> ofNumber(), () -> ofText()))
                    .append(" AS x")
                    .append(i);
        }
        return columns.toString();
    }

    private String ofNumber() {
        String number = number(2);
        return pick(
                () -> "abs(" + number + ")",
                () -> "abs(" + whole(2) + ")",
                () -> "floor(" + number + ")",
                () -> pickOf(List.of("ceil", "ceiling")) + "(" + number + ")",
                () -> "round(" + number + ")",
                () -> "round(" + number + ", " + random.nextInt(3) + ")",
                () -> "sign(" + number + ")",
                () -> "mod(" + whole(1) + ", " + (1 + random.nextInt(5)) + ")",
                () -> "sqrt(abs(" + number + "))",
                () -> "power(" + number + ", 2)",
                () -> "exp(" + number(0) + ")",
                () -> "ln(abs(" + number + ") + 1)",
                () -> "log(2, abs(" + number + ") + 1)",
                () -> pickOf(List.of("sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "radians", "degrees")) + "("
                        + number(0) + ")",
                () -> pickOf(List.of("asin", "acos")) + "(" + number(0) + " / 20)",
                () -> "atan2(" + number(0) + ", " + number(0) + ")",
                () -> pickOf(List.of("bitand", "bitor", "bitxor")) + "(" + whole(1) + ", " + whole(1) + ")",
                () -> "pi()");
    }

    private String ofText() {
        String text = text(2);
        return pick(
                () -> "upper(" + text + ")",
                () -> "lower(" + text + ")",
                // of NULL it is 0 here, as in eKuiper
                () -> "length(coalesce(" + text + ", ''))",
                () -> "trim('  ' || " + text + " || ' ')",
                () -> "ltrim('  ' || " + text + " || ' ')",
                () -> "rtrim('  ' || " + text + " || ' ')",
                () -> "concat(" + text + ", '-', " + text(1) + ")",
                () -> "regexp_replace(" + text + ", '[aB]', 'x')",
                () -> "coalesce(" + text + ", " + text(1) + ", '?')");
    }

    /** Returns a condition of AND, OR, NOT, IN and the like in which much is unknown. */
    String unknown() {
        return pick(
                () -> "(" + whole(1) + negated() + " IN (" + whole(0) + ", " + column("b") + ", NULL))",
                () -> "(" + whole(1) + negated() + " BETWEEN " + column("a") + " AND " + column("b") + ")",
                () -> "(" + text(1) + negated() + " LIKE " + text(0) + ")",
                () -> "(" + text(1) + negated() + " IN (" + text(0) + ", " + column("t") + "))",
                () -> "(" + column("f") + pickOf(List.of(" AND ", " OR ")) + "(" + column("a") + " > " + column("b")
                        + "))",
                () -> "(NOT " + unknown() + ")",
                () -> "(" + unknown() + pickOf(List.of(" AND ", " OR ")) + unknown() + ")",
                () -> "(CASE WHEN " + unknown() + " THEN " + unknown() + " WHEN f THEN FALSE END)",
                () -> "(CASE " + column("a") + " WHEN " + column("b") + " THEN f WHEN 1 THEN NOT f ELSE a = 2 END)",
                () -> "((" + unknown() + ") = (" + condition(1) + "))",
                () -> "((" + unknown() + ") IS NULL)",
                () -> "(" + text(0) + " LIKE 'a!%' ESCAPE '!')");
    }

    private String value(int depth) {
        return pick(() -> whole(depth), () -> number(depth), () -> text(depth), () -> condition(depth));
    }

    /** Returns an expression of type BIGINT. */
    String whole(int depth) {
        if (depth == 0) {
            return pick(() -> column("a"), () -> column("b"), () -> String.valueOf(random.nextInt(21) - 10));
        }
        return pick(
                () -> whole(0),
                () -> "(" + whole(depth - 1) + pickOf(List.of(" + ", " - ", " * ")) + whole(depth - 1) + ")",
                () -> "(" + whole(depth - 1) + " / " + (1 + random.nextInt(5)) + ")",
                () -> "-(" + whole(depth - 1) + ")",
                () -> "coalesce(" + whole(depth - 1) + ", " + whole(depth - 1) + ")",
                () -> "CASE WHEN " + condition(depth - 1) + " THEN " + whole(depth - 1)
                        + pick(() -> "", () -> " ELSE " + whole(depth - 1)) + " END");
    }

    /** Returns an expression of type DOUBLE. */
    String number(int depth) {
        if (depth == 0) {
            return pick(() -> column("c"), () -> column("a"), () -> "0.5", () -> "2.25");
        }
        return pick(
                () -> number(0),
                () -> "(" + number(depth - 1) + pickOf(List.of(" + ", " - ", " * ")) + number(depth - 1) + ")",
                () -> "(" + column("c") + " / " + (1 + random.nextInt(5)) + ")",
                () -> "CAST(" + whole(depth - 1) + " AS DOUBLE)");
    }

    String text(int depth) {
        if (depth == 0) {
            return pick(
                    () -> column("s"), () -> column("t"), () -> "'" + pickOf(List.of("", "a", "ab", "B", "ä")) + "'");
        }
        return pick(
                () -> text(0),
                () -> "(" + text(depth - 1) + " || " + text(depth - 1) + ")",
                () -> "upper(" + text(depth - 1) + ")",
                () -> "CAST(" + whole(depth - 1) + " AS VARCHAR)",
                () -> "CASE " + whole(depth - 1) + " WHEN " + whole(0) + " THEN " + text(depth - 1) + " ELSE "
                        + text(depth - 1) + " END",
                () -> "coalesce(" + text(depth - 1) + ", " + text(0) + ")");
    }

    /** Returns an expression of type BOOLEAN, which can be unknown. */
    String condition(int depth) {
        if (depth == 0) {
            return pick(
                    () -> column("f"),
                    () -> column("a") + " " + pickOf(COMPARISONS) + " " + column("b"),
                    () -> column("s") + " IS NULL",
                    () -> "TRUE");
        }
        return pick(
                () -> condition(0),
                () -> "(" + whole(depth - 1) + " " + pickOf(COMPARISONS) + " " + whole(depth - 1) + ")",
                () -> "(" + column("c") + " " + pickOf(COMPARISONS) + " " + number(0) + ")",
                () -> "(" + text(depth - 1) + " " + pickOf(COMPARISONS) + " " + text(depth - 1) + ")",
                () -> "(" + condition(depth - 1) + pickOf(List.of(" AND ", " OR ")) + condition(depth - 1) + ")",
                () -> "(NOT " + condition(depth - 1) + ")",
                () -> "(" + value(depth - 1) + pickOf(List.of(" IS NULL", " IS NOT NULL")) + ")",
                () -> "(" + condition(depth - 1) + pickOf(List.of(" IS TRUE", " IS NOT TRUE", " IS FALSE")) + ")",
                () -> "(" + whole(depth - 1) + negated() + " BETWEEN " + whole(0) + " AND " + whole(0) + ")",
                () -> "(" + whole(depth - 1) + negated() + " IN (" + whole(0) + ", " + whole(0) + "))",
                () -> "(" + text(depth - 1) + negated() + " LIKE '" + pickOf(List.of("a%", "%b", "_", "%", "a_%", "A"))
                        + "')");
    }

    private String negated() {
        return random.nextBoolean() ? " NOT" : "";
    }

    @SafeVarargs
    private String pick(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private String pickOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
