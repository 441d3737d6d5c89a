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
