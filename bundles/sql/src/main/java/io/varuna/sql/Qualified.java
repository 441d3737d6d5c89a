package io.varuna.sql;

import io.varuna.sql.parser.StarSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Writes QUALIFY, a condition on the result, as WHERE of a query around the others. */
final class Qualified {
    private static final String CONDITION = "$qualify";

    private Qualified() {}

    /** Tells whether the query has QUALIFY. */
    static boolean is(SqlNode query) {
        return selectOf(query) instanceof SqlSelect select && select.getQualify() != null;
    }

    private static SqlNode selectOf(SqlNode query) {
        return query instanceof SqlOrderBy ordered ? ordered.query : query;
    }

    /** Returns the query that means the same without it. */
    static SqlNode around(SqlNode query) {
        SqlSelect select = (SqlSelect) selectOf(query);
        SqlNode condition = Objects.requireNonNull(select.getQualify());
        SqlParserPos position = condition.getParserPosition();
        SqlIdentifier name = new SqlIdentifier(CONDITION, position);
        List<SqlNode> items = new ArrayList<>(select.getSelectList());
        items.add(SqlStdOperatorTable.AS.createCall(position, condition, name));
        SqlSelect inner = (SqlSelect) select.clone(select.getParserPosition());
        inner.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        inner.setQualify(null);
        SqlNode rest = StarSelection.create(SqlIdentifier.star(position), List.of(name), List.of(), position);
        SqlNode outer = Subqueries.select(select.getParserPosition(), SqlNodeList.of(rest), inner, name);
        return query instanceof SqlOrderBy ordered
                ? new SqlOrderBy(ordered.getParserPosition(), outer, ordered.orderList, ordered.offset, ordered.fetch)
                : outer;
    }
}
