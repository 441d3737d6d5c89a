package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.RulePlan;
import io.varuna.plan.SetOperation;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Compiles the query of a statement, and the queries in it, each for itself. One object compiles one statement. */
final class QueryCompiler {
    /** Queries that name others twice are many when written out. */
    private static final int MOST_QUERIES = 100;

    /** The name of what several queries give together, which cannot be written. */
    private static final String TOGETHER = "$together";

    private final Catalog catalog;
    private final Dialect dialect;
    private final boolean eventTime;
    private final StatementText text;
    private final Set<String> gathered = new HashSet<>();
    private int queries;

    QueryCompiler(Catalog catalog, Dialect dialect, boolean eventTime, StatementText text) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.eventTime = eventTime;
        this.text = text;
    }

    RulePlan compile(SqlNode query) {
        return compile(query, NamedQueries.NONE, null);
    }

    /**
     * Compiles a query.
     *
     * @param named the queries that it can name in FROM
     * @param enclosing where it stands, if that is an expression; otherwise null
     */
    RulePlan compile(SqlNode query, NamedQueries named, ValueQueries.@Nullable Enclosing enclosing) {
        if (query instanceof SqlOrderBy ordered && ordered.query instanceof SqlWith with) {
            SqlNode body = new SqlOrderBy(
                    ordered.getParserPosition(), with.body, ordered.orderList, ordered.offset, ordered.fetch);
            return with(with, body, named, enclosing);
        }
        if (query instanceof SqlWith with) {
            return with(with, with.body, named, enclosing);
        }
        if (Qualified.is(query)) {
            return compile(Qualified.around(query), named, enclosing);
        }
        if (query instanceof SqlOrderBy ordered && ordered.query.isA(SqlKind.SET_QUERY) && enclosing == null) {
            return ordered(ordered, named);
        }
        if (query.isA(SqlKind.SET_QUERY) && enclosing == null) {
            return together((SqlCall) query, named, false);
        }
        if (enclosing != null && query.isA(SqlKind.SET_QUERY)) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "A query that stands for a value is one SELECT. Write a condition for each, joined by OR or AND",
                    query);
        }
        if (++queries > MOST_QUERIES) {
            throw text.error(
                    StandardError.STATEMENT_TOO_COMPLEX,
                    "The statement has more than " + MOST_QUERIES
                            + " queries, those that WITH names counted each time they are read",
                    query);
        }
        Subqueries inner = new Subqueries(this, named);
        RewrittenQuery rewritten =
                new QueryRewriter(catalog, dialect, eventTime, text, inner, enclosing).rewrite(query);
        return PlanBuilder.build(rewritten, new RelationalPlanner().plan(rewritten));
    }

    /** Returns a name that nothing else in the statement has which is gathered for queries in expressions. */
    String gatheredName(String name) {
        String free = name;
        for (int number = 2; !gathered.add(free); number++) {
            free = name + "#" + number;
        }
        return free;
    }

    private RulePlan with(SqlWith with, SqlNode body, NamedQueries named, ValueQueries.@Nullable Enclosing enclosing) {
        NamedQueries all = named.and(with, this, text);
        RulePlan plan = compile(body, all, enclosing);
        // what is wrong is told, used or not
        all.compileUnused(named);
        return plan;
    }

    /** Compiles an order of what several queries give, of each window. */
    private RulePlan ordered(SqlOrderBy ordered, NamedQueries named) {
        SqlParserPos position = ordered.query.getParserPosition();
        RulePlan together = together((SqlCall) ordered.query, named, true);
        NamedQueries all = named.and(TOGETHER, together);
        SqlNode select = Subqueries.select(
                position, SqlNodeList.of(SqlIdentifier.star(position)), new SqlIdentifier(TOGETHER, position), null);
        return compile(
                new SqlOrderBy(ordered.getParserPosition(), select, ordered.orderList, ordered.offset, ordered.fetch),
                all,
                null);
    }

    /**
     * Compiles UNION, INTERSECT or EXCEPT.
     *
     * @param whole whether all rows of a window are wanted together, also of UNION ALL
     */
    private RulePlan together(SqlCall call, NamedQueries named, boolean whole) {
        boolean all = call.getOperator() instanceof SqlSetOperator operator && operator.isAll();
        RulePlan first = compile(call.operand(0), named, null);
        RulePlan second = compile(call.operand(1), named, null);
        boolean union = call.getKind() == SqlKind.UNION;
        if (union && all && !whole) {
            return Unions.all(first, second).orElseThrow(() -> unlike(call, "UNION ALL", first, second));
        }
        if (!Unions.sameWindows(first, second)) {
            throw text.error(
                    StandardError.UNSUPPORTED, UnsupportedQueries.insteadOfTogether(call.getKind(), all), call);
        }
        SetOperation.Kind kind =
                switch (call.getKind()) {
                    case UNION -> SetOperation.Kind.UNION;
                    case INTERSECT -> SetOperation.Kind.INTERSECT;
                    default -> SetOperation.Kind.EXCEPT;
                };
        return Unions.inWindows(kind, all, first, second)
                .orElseThrow(() -> unlike(call, kind + (all ? " ALL" : ""), first, second));
    }

    private RuntimeException unlike(SqlCall call, String name, RulePlan first, RulePlan second) {
        return text.error(
                StandardError.INVALID_ARGUMENT,
                "The queries of " + name + " have " + first.root().columns().size() + " and "
                        + second.root().columns().size() + " columns, or '*' in different places",
                call.<SqlNode>operand(1));
    }
}
