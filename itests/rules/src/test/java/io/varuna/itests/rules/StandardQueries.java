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

    StandardQueries(Random random) {
        this.random = random;
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
                () -> "sum(a) FILTER (WHERE " + condition(2) + ")",
                () -> "count(*) FILTER (WHERE " + condition(2) + ")");
    }

    private String value(int depth) {
        return pick(() -> whole(depth), () -> number(depth), () -> text(depth), () -> condition(depth));
    }

    /** Returns an expression of type BIGINT. */
    String whole(int depth) {
        if (depth == 0) {
            return pick(() -> "a", () -> "b", () -> String.valueOf(random.nextInt(21) - 10));
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

    private String number(int depth) {
        if (depth == 0) {
            return pick(() -> "c", () -> "a", () -> "0.5", () -> "2.25");
        }
        return pick(
                () -> number(0),
                () -> "(" + number(depth - 1) + pickOf(List.of(" + ", " - ", " * ")) + number(depth - 1) + ")",
                () -> "(c / " + (1 + random.nextInt(5)) + ")",
                () -> "CAST(" + whole(depth - 1) + " AS DOUBLE)");
    }

    private String text(int depth) {
        if (depth == 0) {
            return pick(() -> "s", () -> "t", () -> "'" + pickOf(List.of("", "a", "ab", "B", "ä")) + "'");
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
            return pick(() -> "f", () -> "a " + pickOf(COMPARISONS) + " b", () -> "s IS NULL", () -> "TRUE");
        }
        return pick(
                () -> condition(0),
                () -> "(" + whole(depth - 1) + " " + pickOf(COMPARISONS) + " " + whole(depth - 1) + ")",
                () -> "(c " + pickOf(COMPARISONS) + " " + number(0) + ")",
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
