package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.RulePlan;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;

/** Compiles the query of a statement, and the queries in it, each for itself. One object compiles one statement. */
final class QueryCompiler {
    /** Queries that name others twice are many when written out. */
    private static final int MOST_QUERIES = 100;

    private final Catalog catalog;
    private final Dialect dialect;
    private final boolean eventTime;
    private final StatementText text;
    private int queries;

    QueryCompiler(Catalog catalog, Dialect dialect, boolean eventTime, StatementText text) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.eventTime = eventTime;
        this.text = text;
    }

    RulePlan compile(SqlNode query) {
        return compile(query, NamedQueries.NONE);
    }

    /**
     * Compiles a query.
     *
     * @param named the queries that it can name in FROM
     */
    RulePlan compile(SqlNode query, NamedQueries named) {
        if (query instanceof SqlOrderBy ordered && ordered.query instanceof SqlWith with) {
            SqlNode body = new SqlOrderBy(
                    ordered.getParserPosition(), with.body, ordered.orderList, ordered.offset, ordered.fetch);
            return with(with, body, named);
        }
        if (query instanceof SqlWith with) {
            return with(with, with.body, named);
        }
        if (query.getKind() == SqlKind.UNION) {
            return union((SqlCall) query, named);
        }
        if (++queries > MOST_QUERIES) {
            throw text.error(
                    StandardError.STATEMENT_TOO_COMPLEX,
                    "The statement has more than " + MOST_QUERIES
                            + " queries, those that WITH names counted each time they are read",
                    query);
        }
        RewrittenQuery rewritten =
                new QueryRewriter(catalog, dialect, eventTime, text, new Subqueries(this, named)).rewrite(query);
        return PlanBuilder.build(rewritten, new RelationalPlanner().plan(rewritten));
    }

    private RulePlan with(SqlWith with, SqlNode body, NamedQueries named) {
        NamedQueries all = named.and(with, this, text);
        RulePlan plan = compile(body, all);
        // what is wrong is told, used or not
        all.compileUnused(named);
        return plan;
    }

    private RulePlan union(SqlCall union, NamedQueries named) {
        if (!(union.getOperator() instanceof SqlSetOperator operator) || !operator.isAll()) {
            throw text.error(StandardError.UNSUPPORTED, UnsupportedQueries.insteadOfUnion(), union);
        }
        RulePlan first = compile(union.operand(0), named);
        RulePlan second = compile(union.operand(1), named);
        return Unions.all(first, second)
                .orElseThrow(() -> text.error(
                        StandardError.INVALID_ARGUMENT,
                        "The queries of UNION ALL have "
                                + first.root().columns().size() + " and "
                                + second.root().columns().size() + " columns, or '*' in different places",
                        union.<SqlNode>operand(1)));
    }
}
