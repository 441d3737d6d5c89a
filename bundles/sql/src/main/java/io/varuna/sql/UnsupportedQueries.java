package io.varuna.sql;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** Says what to write in the place of queries that an endless stream cannot answer. */
final class UnsupportedQueries {
    private static final String WINDOW =
            "SELECT ... FROM (SELECT ... UNION ALL SELECT ...) AS u GROUP BY TUMBLINGWINDOW(ss, 10)";

    private UnsupportedQueries() {}

    /** For what is no SELECT. */
    static String instead(SqlNode query, StatementText text) {
        return switch (query.getKind()) {
            case UNION -> "ORDER BY and LIMIT would have to wait for the end of an endless stream. Put them into a query around"
                    + " it, with a window: " + WINDOW + " ORDER BY ...";
            case EXCEPT -> "EXCEPT is not supported. Join the streams in a window and keep what has no partner: ... a LEFT JOIN b ON"
                    + " a.x = b.x WHERE b.x IS NULL GROUP BY TUMBLINGWINDOW(ss, 10)";
            case INTERSECT -> "INTERSECT is not supported. Join the streams in a window: ... a INNER JOIN b ON a.x = b.x"
                    + " GROUP BY TUMBLINGWINDOW(ss, 10)";
            case VALUES -> "VALUES is not supported. Name the stream to read: SELECT ... FROM demo";
            default -> "'" + text.at(query) + "' is not supported here. Write the rule as one SELECT";
        };
    }

    static String insteadOfUnion() {
        return "UNION would have to remember all rows of an endless stream. Write UNION ALL, or take each row once within a"
                + " window: " + WINDOW.replace("SELECT ... FROM (", "SELECT DISTINCT ... FROM (");
    }

    /** For a query that stands where a value is expected. */
    static String insteadOfValue(SqlCall call) {
        return call.getKind() == SqlKind.EXISTS
                ? "EXISTS is not supported. Join what it asks: INNER JOIN where rows have to exist, LEFT JOIN and IS NULL where"
                        + " none may"
                : "A query does not give a value. Join what it reads and use its columns, or compute it by a query in FROM";
    }

    /** For IN and NOT IN with a query. */
    static String insteadOfIn(SqlCall in, StatementText text) {
        boolean negated = in.getKind() == SqlKind.NOT_IN;
        String table = "t";
        String column = "x";
        if (in.operand(1) instanceof SqlSelect select
                && name(select.getFrom()) instanceof SqlIdentifier from
                && select.getSelectList().size() == 1
                && select.getSelectList().get(0) instanceof SqlIdentifier selected
                && !selected.isStar()) {
            table = from.toString();
            column = selected.names.get(selected.names.size() - 1);
        }
        String join = (negated ? "LEFT JOIN " : "INNER JOIN ") + table + " ON " + text.at(in.operand(0)) + " = " + table
                + "." + column;
        return (negated ? "NOT IN" : "IN") + " takes a list of values or an array, not a query. Join what it reads: "
                + join + (negated ? " WHERE " + table + "." + column + " IS NULL" : "");
    }

    private static @Nullable SqlNode name(@Nullable SqlNode from) {
        return from instanceof SqlBasicCall call && call.getKind() == SqlKind.AS ? call.operand(1) : from;
    }
}
