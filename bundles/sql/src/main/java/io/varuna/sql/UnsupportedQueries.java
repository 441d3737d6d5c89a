package io.varuna.sql;

import org.apache.calcite.sql.SqlNode;

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
}
