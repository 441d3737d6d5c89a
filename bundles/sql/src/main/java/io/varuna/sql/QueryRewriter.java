package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.sql.FromReader.From;
import io.varuna.sql.SelectList.Selected;
import io.varuna.sql.parser.NumberLiteral;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rewrites a query of either dialect to one that Calcite validates and plans. */
final class QueryRewriter {
    private final Catalog catalog;
    private final Dialect dialect;
    private final boolean eventTime;
    private final StatementText text;
    private final Calls calls;
    private final Subqueries subqueries;

    QueryRewriter(Catalog catalog, Dialect dialect, boolean eventTime, StatementText text, Subqueries subqueries) {
        this.catalog = catalog;
        this.dialect = dialect;
        this.eventTime = eventTime;
        this.text = text;
        this.calls = new Calls(text);
        this.subqueries = subqueries;
    }

    RewrittenQuery rewrite(SqlNode query) {
        if (query instanceof SqlOrderBy ordered) {
            return rewrite(ordered.query, ordered.orderList, ordered.offset, ordered.fetch);
        }
        return rewrite(query, SqlNodeList.EMPTY, null, null);
    }

    private RewrittenQuery rewrite(
            SqlNode query, SqlNodeList orderBy, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
        if (!(query instanceof SqlSelect select)) {
            throw calls.unsupported(UnsupportedQueries.instead(query, text), query);
        }
        if (select.getFrom() == null) {
            throw text.error(
                    StandardError.SYNTAX_ERROR, "The query has no FROM. Name the stream to read: FROM demo", select);
        }
        if (select.getQualify() != null) {
            throw calls.unsupported("QUALIFY is not supported. Use HAVING", select.getQualify());
        }
        From from = new FromReader(catalog, eventTime, text, calls, subqueries).read(select.getFrom());
        Scope scope = new Scope(from.sources(), dialect, text, calls);
        ExpressionRewriter expressions = new ExpressionRewriter(scope, catalog, text, calls);
        if (select.getWindowList() != null) {
            expressions.functions().windows(select.getWindowList());
        }
        return new Rewriting(scope, from.steps(), expressions, select, orderBy, offset, fetch).run();
    }

    /** The rewriting of one SELECT. */
    private final class Rewriting {
        private final Scope scope;
        private final List<FromReader.Step> steps;
        private final ExpressionRewriter expressions;
        private final SqlSelect select;
        private final SqlNodeList orderBy;
        private final @Nullable SqlNode offset;
        private final @Nullable SqlNode fetch;

        Rewriting(
                Scope scope,
                List<FromReader.Step> steps,
                ExpressionRewriter expressions,
                SqlSelect select,
                SqlNodeList orderBy,
                @Nullable SqlNode offset,
                @Nullable SqlNode fetch) {
            this.scope = scope;
            this.steps = steps;
            this.expressions = expressions;
            this.select = select;
            this.orderBy = orderBy;
            this.offset = offset;
            this.fetch = fetch;
        }

        RewrittenQuery run() {
            List<Selected> items =
                    new SelectList(select.getSelectList(), scope, expressions, steps, text, calls).read();
            RowClauses rows = RowClauses.of(select, scope, expressions, text, calls);
            List<SqlNode> keys = rows.keys();
            SqlNode having = select.getHaving() == null ? null : rows.numberless("HAVING", select.getHaving());
            List<SqlNode> order = new ArrayList<>();
            orderBy.forEach(item -> order.add(order(item)));
            boolean aggregating = !keys.isEmpty()
                    || items.stream().anyMatch(item -> Content.hasAggregate(item.value()))
                    || (having != null && Content.hasAggregate(having))
                    || order.stream().anyMatch(Content::hasAggregate);
            List<SqlNode> conjuncts = rows.where();
            if (having != null && !aggregating) {
                conjuncts.add(calls.afterWindow(calls.truth("HAVING", having)));
            }
            boolean windowed = rows.isWindowed();
            JoinConditions joins = new JoinConditions(scope, text, calls, eventTime, windowed);
            List<@Nullable SqlNode> on =
                    joins.rewrite(steps, condition -> expressions.rewrite(condition, rows.aliases()));
            rows.addWindow(conjuncts);
            checkStreams(select.getFrom() == null ? select : select.getFrom(), windowed || joins.byTime());
            Grouping grouping = new Grouping(keys, windowed, calls);
            List<SqlNode> selectList = new ArrayList<>();
            List<RewrittenQuery.Item> columns = new ArrayList<>();
            for (Selected item : items) {
                if (item.visible()) {
                    SqlNode value = aggregating ? grouping.lift(item.value()) : item.value();
                    selectList.add(SqlStdOperatorTable.AS.createCall(
                            value.getParserPosition(),
                            value,
                            new SqlIdentifier("$out" + selectList.size(), value.getParserPosition())));
                    columns.add(new RewrittenQuery.Item(item.name(), item.presence()));
                }
            }
            if (selectList.isEmpty()) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "All columns are INVISIBLE. Put at least one out",
                        select.getSelectList());
            }
            SqlParserPos position = select.getParserPosition();
            SqlNode rewritten = new SqlSelect(
                    position,
                    select.isDistinct()
                            ? SqlNodeList.of(SqlSelectKeyword.DISTINCT.symbol(position))
                            : SqlNodeList.EMPTY,
                    new SqlNodeList(selectList, position),
                    FromReader.from(scope.sources(), steps, on, position),
                    conjuncts.isEmpty() ? null : and(conjuncts),
                    keys.isEmpty() ? null : new SqlNodeList(keys, position),
                    having != null && aggregating ? calls.truth("HAVING", grouping.lift(having)) : null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    SqlNodeList.EMPTY);
            if (!order.isEmpty() || fetch != null || offset != null) {
                List<SqlNode> lifted = order.stream()
                        .map(o -> aggregating ? liftOrder(grouping, o) : o)
                        .toList();
                rewritten = new SqlOrderBy(position, rewritten, new SqlNodeList(lifted, position), offset, fetch);
            }
            WaitingCalls.check(rewritten, text);
            return new RewrittenQuery(dialect, rewritten, scope.sources(), columns, calls.usesWindowColumns());
        }

        private SqlNode order(SqlNode item) {
            if (item.getKind() == SqlKind.DESCENDING
                    || item.getKind() == SqlKind.NULLS_FIRST
                    || item.getKind() == SqlKind.NULLS_LAST) {
                SqlCall call = (SqlCall) item;
                if (item.getKind() == SqlKind.NULLS_FIRST) {
                    throw calls.unsupported("NULLS FIRST is not supported. NULL always comes last", item);
                }
                SqlNode inner = order(call.operand(0));
                return item.getKind() == SqlKind.NULLS_LAST
                        ? inner
                        : SqlStdOperatorTable.DESC.createCall(item.getParserPosition(), inner);
            }
            if (item instanceof NumberLiteral number && number.isWhole() && dialect == Dialect.STANDARD) {
                // the position of a column
                return number;
            }
            return expressions.rewrite(item, Scope.ALL_ALIASES);
        }

        private SqlNode liftOrder(Grouping grouping, SqlNode item) {
            if (item.getKind() == SqlKind.DESCENDING) {
                return SqlStdOperatorTable.DESC.createCall(
                        item.getParserPosition(), grouping.lift(((SqlCall) item).operand(0)));
            }
            return grouping.lift(item);
        }

        /**
         * Checks what streams need.
         *
         * @param meet whether there is something that makes their rows meet
         */
        private void checkStreams(SqlNode from, boolean meet) {
            List<Source> streams =
                    scope.sources().stream().filter(Source::isStream).toList();
            for (Source stream : streams) {
                if (eventTime
                        && stream.relation() instanceof Relation.Declared declared
                        && declared.definition().options().timestamp().isEmpty()) {
                    throw text.error(
                            StandardError.INVALID_RULE,
                            "The rule is in event time, but stream '"
                                    + declared.definition().name()
                                    + "' does not say which column holds it. Add the option TIMESTAMP to the stream, or set"
                                    + " isEventTime to false",
                            from);
                }
            }
            if (streams.size() > 1 && !meet) {
                String one = streams.get(0).alias();
                String other = streams.get(1).alias();
                throw text.error(
                        StandardError.INVALID_WINDOW,
                        "A join of streams needs a window, in which their rows meet. Add one to GROUP BY, such as"
                                + " GROUP BY TUMBLINGWINDOW(ss, 10)"
                                + (eventTime
                                        ? ", or say in ON how far the times may be apart, such as " + other
                                                + ".ts BETWEEN " + one + ".ts - INTERVAL '5' SECOND AND " + one + ".ts"
                                        : ""),
                        steps.get(0).node());
            }
        }

        private static SqlNode and(List<SqlNode> conjuncts) {
            SqlNode all = conjuncts.get(0);
            for (SqlNode next : Calls.rest(conjuncts, 1)) {
                all = SqlStdOperatorTable.AND.createCall(next.getParserPosition(), all, next);
            }
            return all;
        }
    }
}
