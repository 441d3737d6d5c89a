package io.varuna.itests.rules;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Random expressions in the forms that standard SQL has beside calls and operators, on the columns of {@link StandardQueries}.
 * What the database takes in another way {@link #ofDatabase} writes so.
 */
final class StandardForms {
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final String NULL_IF_ANY = "/* NULL if any is */";
    /** The database takes some of what is FALSE here for unknown, and converts what needs no conversion. */
    private static final Pattern ROW_IN =
            Pattern.compile("\\(b, t\\)( NOT)? IN \\(\\(([^(),]*), ([^(),]*)\\), \\(([^(),]*), ([^(),]*)\\)\\)");

    private final StandardQueries queries;

    StandardForms(StandardQueries queries) {
        this.queries = queries;
    }

    /** Returns a query as the database understands it. */
    static String ofDatabase(String query) {
        return ROW_IN.matcher(query.replace(NULL_IF_ANY, " RESPECT NULLS"))
                .replaceAll(found -> String.format(
                        Locale.ROOT,
                        "%s (b = %s AND t = %s OR b = %s AND t = %s)",
                        found.group(1) == null ? "" : "NOT",
                        found.group(2),
                        found.group(3),
                        found.group(4),
                        found.group(5)));
    }

    /** Returns a condition, which can be unknown. */
    String predicate() {
        return pick(
                () -> "(" + queries.whole(1) + not() + " BETWEEN SYMMETRIC " + queries.whole(0) + " AND "
                        + queries.whole(0) + ")",
                () -> "(" + queries.whole(1) + " IS" + not() + " DISTINCT FROM " + queries.whole(1) + ")",
                () -> "(" + queries.text(1) + " IS" + not() + " DISTINCT FROM " + queries.text(0) + ")",
                () -> "((" + queries.condition(1) + ") IS" + not() + " DISTINCT FROM (" + queries.condition(0) + "))",
                () -> "((a, s) " + pickOf(List.of("=", "<>")) + " (" + queries.whole(0) + ", " + queries.text(0) + "))",
                () -> "((b, t)" + not() + " IN ((" + queries.whole(0) + ", " + queries.text(0) + "), ("
                        + queries.whole(0) + ", 'a')))",
                () -> "(" + queries.whole(1) + " " + pickOf(COMPARISONS) + " " + quantifier() + " (ARRAY["
                        + queries.whole(0) + ", " + queries.whole(0) + ", 1]))",
                () -> "(" + queries.text(1) + not() + " ILIKE '" + pickOf(List.of("A%", "%B", "ab", "_")) + "')",
                () -> "((" + queries.condition(2) + ") IS" + not() + " UNKNOWN)");
    }

    private String quantifier() {
        return pickOf(List.of("ANY", "ALL"));
    }

    /** Returns a value that is one of several. */
    String choice() {
        return pick(
                () -> "nullif(" + queries.whole(1) + ", " + queries.whole(0) + ")",
                () -> "nullif(" + queries.text(1) + ", " + queries.text(0) + ")",
                () -> "ifnull(" + queries.whole(1) + ", " + queries.whole(0) + ")",
                () -> pickOf(List.of("greatest", "least")) + "(" + queries.whole(1) + ", " + queries.whole(0) + ", "
                        + queries.number(0) + ")" + NULL_IF_ANY,
                () -> pickOf(List.of("greatest", "least")) + "(" + queries.text(1) + ", " + queries.text(0) + ")"
                        + NULL_IF_ANY);
    }

    /** Returns something about a text. */
    String ofText() {
        String text = "('xab' || " + queries.text(1) + ")";
        return pick(
                () -> "substring(" + text + " FROM " + (1 + queries.below(5)) + ")",
                () -> "substring(" + text + " FROM " + (1 + queries.below(5)) + " FOR " + queries.below(4) + ")",
                () -> "position(" + queries.text(0) + " IN " + text + ")",
                () -> "trim(" + pickOf(List.of("BOTH", "LEADING", "TRAILING")) + " "
                        + pickOf(List.of("'x'", "'a'", "'B'")) + " FROM " + text + ")",
                () -> pickOf(List.of("char_length", "character_length", "octet_length")) + "(" + queries.text(2) + ")");
    }

    /** Returns a part of a time, or how two compare. */
    String ofTime() {
        return pick(
                () -> "extract(" + pickOf(List.of("YEAR", "QUARTER", "MONTH", "DAY", "DOY", "HOUR", "MINUTE", "EPOCH"))
                        + " FROM " + time() + ")",
                () -> "(" + time() + " " + pickOf(COMPARISONS) + " " + time() + ")",
                () -> "extract(HOUR FROM timestampadd(HOUR, " + queries.whole(0) + ", " + time() + "))",
                () -> "(" + time() + not() + " BETWEEN " + time() + " AND " + time() + ")");
    }

    private String time() {
        return "(TIMESTAMP '2024-02-27 22:30:15' + " + queries.whole(0) + " * INTERVAL '" + (1 + queries.below(50))
                + "' " + pickOf(List.of("MINUTE", "HOUR", "DAY")) + ")";
    }

    /** Returns a statistic of rows. */
    String statistic() {
        return pick(
                () -> pickOf(List.of("stddev_pop", "stddev_samp", "var_pop", "var_samp")) + "(" + queries.number(1)
                        + ")",
                () -> "median(" + queries.number(0) + ")",
                () -> "listagg(" + queries.text(1) + ", '-')",
                () -> "listagg(" + queries.text(1) + ", '-') FILTER (WHERE " + queries.condition(1) + ")",
                () -> "count(nullif(" + queries.whole(1) + ", " + queries.whole(0) + "))",
                () -> "max(" + choice() + ")");
    }

    private String not() {
        return queries.below(2) == 0 ? "" : " NOT";
    }

    @SafeVarargs
    private String pick(Supplier<String>... choices) {
        return choices[queries.below(choices.length)].get();
    }

    private String pickOf(List<String> choices) {
        return choices.get(queries.below(choices.size()));
    }
}
