package io.varuna.sql;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Says what to write in the place of queries that an endless stream cannot answer. */
final class UnsupportedQueries {
    private static final String WINDOW =
            "SELECT ... FROM (SELECT ... UNION ALL SELECT ...) AS u GROUP BY TUMBLINGWINDOW(ss, 10)";

    private static final String ORDER =
            "ORDER BY and LIMIT would have to wait for the end of an endless stream. Put them into a query around"
                    + " it, with a window: " + WINDOW + " ORDER BY ...";

    private UnsupportedQueries() {}

    /** For what is no SELECT. */
    static String instead(SqlNode query, StatementText text) {
        return switch (query.getKind()) {
            case VALUES -> "VALUES is not supported. Name the stream to read: SELECT ... FROM demo";
            default -> "'" + text.at(query) + "' is not supported here. Write the rule as one SELECT";
        };
    }

    /** For what FROM does not take. */
    static String insteadInFrom(SqlKind kind) {
        return switch (kind) {
            case SNAPSHOT -> "A table is asked as it is when the row comes. Remove FOR SYSTEM_TIME";
            case UNNEST -> "UNNEST stands behind a stream, with names for itself and for what is in the list: FROM demo CROSS JOIN"
                    + " UNNEST(demo.list) AS t (item)";
            case LATERAL -> "LATERAL is not supported. Join the table ON table.key = stream.key, or ask for a value in SELECT:"
                    + " (SELECT ... FROM t WHERE t.key = stream.key)";
            case VALUES -> "VALUES is not supported in FROM. Keep the rows in a table, such as one of type file or memory";
            case PIVOT, UNPIVOT -> kind
                    + " is not supported. Write a column for each value: max(x) FILTER (WHERE y = 1) AS one";
            case TABLESAMPLE -> "TABLESAMPLE is not supported. Write WHERE rand() < 0.1";
            default -> "FROM takes the name of a stream or a query here";
        };
    }

    /** For UNION, INTERSECT and EXCEPT of queries without the same windows. */
    static String insteadOfTogether(SqlKind kind, boolean all) {
        if (kind == SqlKind.UNION) {
            return all ? ORDER : insteadOfUnion();
        }
        return kind
                + " needs queries with the same tumbling or hopping window, whose results it compares: SELECT ... FROM a"
                + " GROUP BY TUMBLINGWINDOW(ss, 10) " + kind + " SELECT ... FROM b GROUP BY TUMBLINGWINDOW(ss, 10)";
    }

    private static String insteadOfUnion() {
        return "UNION would have to remember all rows of an endless stream. Write UNION ALL, give both queries the same tumbling or"
                + " hopping window, or take each row once within a window: "
                + WINDOW.replace("SELECT ... FROM (", "SELECT DISTINCT ... FROM (");
    }
}
