package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression.Subquery;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Operator;
import io.varuna.sql.FromReader.From;
import io.varuna.sql.SelectList.Selected;
import io.varuna.sql.ValueQueries.Enclosing;
import io.varuna.sql.parser.NumberLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
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
    private final @Nullable Enclosing enclosing;

    /**
     * Creates the rewriting.
     *
     * @param enclosing where the query stands, if that is an expression; otherwise null
     */
    QueryRewriter(
            Catalog catalog,
            Dialect dialect,
            boolean eventTime,
            StatementText text,
            Subqueries subqueries,
            @Nullable Enclosing enclosing) {
        this.enclosing = enclosing;
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
        From from = from(
                new FromReader(catalog, eventTime, select.getGroup(), text, calls, subqueries),
                select,
                select.getFrom());
        OuterColumns outer = enclosing == null ? null : enclosing.columns();
        Scope scope = new Scope(from.sources(), outer, dialect, eventTime, text, calls);
        for (int i = 0; enclosing == null && i < from.steps().size(); i++) {
            scope.share(from.steps().get(i), from.sources().get(i + 1));
        }
        Gathering gathering =
                enclosing == null ? new Gathering(from.sources(), subqueries::gatheredName) : enclosing.gathering();
        ValueQueries queries = new ValueQueries(subqueries, gathering, scope, text, calls);
        ExpressionRewriter expressions = new ExpressionRewriter(scope, queries, catalog, text, calls);
        if (select.getWindowList() != null) {
            expressions.functions().windows(select.getWindowList());
        }
        return new Rewriting(scope, from.steps(), gathering, queries, expressions, select, orderBy, offset, fetch)
                .run();
    }

    private From from(FromReader reader, SqlSelect select, SqlNode from) {
        if (enclosing == null) {
            return reader.read(from);
        }
        FromReader.Step step = new FromReader.Step(JoinKind.INNER, select.getWhere(), from, List.of());
        return new From(List.of(reader.readOne(from, enclosing.gathering())), List.of(step));
    }

    /** The rewriting of one SELECT. */
    private final class Rewriting {
        private final Scope scope;
        private final List<FromReader.Step> steps;
        private final Gathering gathering;
        private final ValueQueries queries;
        private final ExpressionRewriter expressions;
        private final SqlSelect select;
        private final SqlNodeList orderBy;
        private final @Nullable SqlNode offset;
        private final @Nullable SqlNode fetch;

        Rewriting(
                Scope scope,
                List<FromReader.Step> steps,
                Gathering gathering,
                ValueQueries queries,
                ExpressionRewriter expressions,
                SqlSelect select,
                SqlNodeList orderBy,
                @Nullable SqlNode offset,
                @Nullable SqlNode fetch) {
            this.scope = scope;
            this.steps = steps;
            this.gathering = gathering;
            this.queries = queries;
            this.expressions = expressions;
            this.select = select;
            this.orderBy = orderBy;
            this.offset = offset;
            this.fetch = fetch;
        }

        RewrittenQuery run() {
            List<Selected> items = new SelectList(selectList(), scope, expressions, steps, text, calls).read();
            RowClauses rows = RowClauses.of(select, scope, expressions, text, calls);
            List<SqlNode> keys = rows.keys();
            SqlNode having = select.getHaving() == null ? null : rows.numberless("HAVING", select.getHaving());
            List<SqlNode> order = new ArrayList<>();
            orderBy.forEach(item -> order.addAll(order(item)));
            boolean aggregating = !keys.isEmpty()
                    || items.stream().anyMatch(item -> Content.hasAggregate(item.value()))
                    || (having != null && Content.hasAggregate(having))
                    || order.stream().anyMatch(Content::hasAggregate);
            checkRunning(items, order, aggregating || rows.isWindowed());
            List<SqlNode> conjuncts = rows.where();
            if (having != null && !aggregating) {
                conjuncts.add(calls.afterWindow(calls.truth("HAVING", having)));
            }
            boolean windowed = rows.isWindowed();
            JoinConditions joins = new JoinConditions(scope, text, calls, eventTime, windowed);
            List<@Nullable SqlNode> on = enclosing == null
                    ? joins.rewrite(steps, expressions, rows.aliases())
                    : asked(enclosing, joins, conjuncts, items, aggregating, windowed);
            rows.addWindow(conjuncts);
            if (scope.sources().stream().anyMatch(Source::isUnnested)
                    && !gathering.all().isEmpty()) {
                throw calls.unsupported(
                        "Where a query in an expression looks at rows, FROM has no UNNEST. Put it into a query in FROM",
                        gathering.all().get(0).node());
            }
            if (enclosing == null) {
                SqlNode read = select.getFrom() == null ? select : select.getFrom();
                EndlessStreams streams = new EndlessStreams(scope, gathering, eventTime, text, calls);
                streams.checkStreams(
                        read,
                        windowed || joins.byTime(),
                        steps.isEmpty() ? read : steps.get(0).node());
                streams.checkGathered(rows.window(), joins.byTime());
                if (!windowed) {
                    streams.checkEndless(
                            select,
                            orderBy.getList(),
                            Stream.of(fetch, offset).flatMap(Stream::ofNullable).toList());
                }
            }
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
                    FromReader.from(scope.allSources(), steps, on, position),
                    Calls.and(conjuncts),
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
            checkStateless(rewritten);
            return new RewrittenQuery(
                    dialect,
                    rewritten,
                    scope.allSources(),
                    columns,
                    calls.usesWindowColumns(),
                    queries.plans(),
                    enclosing == null ? gathering.all() : List.of());
        }

        /** Checks that aggregates with OVER see the rows themselves. */
        private void checkRunning(List<Selected> items, List<SqlNode> order, boolean together) {
            if (!together) {
                return;
            }
            List<SqlNode> all = new ArrayList<>(order);
            items.forEach(item -> all.add(item.value()));
            for (SqlNode node : all) {
                Content.first(node, Meaning.OverRows.class).ifPresent(call -> {
                    throw calls.unsupported(
                            "An aggregate with OVER sees single rows, not those of a window or of groups. Put the window"
                                    + " into a query in FROM: SELECT sum(n) OVER (ORDER BY window_end ROWS 5 PRECEDING)"
                                    + " AS total FROM (SELECT count(*) AS n, window_end() AS window_end FROM demo GROUP BY"
                                    + " TUMBLINGWINDOW(ss, 10)) AS d",
                            call);
                });
            }
        }

        /** Checks that a query in an expression remembers nothing, and that no row waits until others are looked at. */
        private void checkStateless(SqlNode rewritten) {
            if (enclosing == null && gathering.all().isEmpty()) {
                return;
            }
            for (Class<? extends Meaning> meaning : List.of(
                    Meaning.Wait.class, Meaning.NewSpans.class, Meaning.Analyse.class, Meaning.OverRows.class)) {
                boolean remembers = meaning == Meaning.Analyse.class || meaning == Meaning.OverRows.class;
                if (enclosing != null || !remembers) {
                    Content.first(rewritten, meaning).ifPresent(call -> {
                        throw calls.unsupported(
                                "Where a query in an expression looks at rows, no row can wait or be remembered. Put this"
                                        + " into a query around it",
                                call);
                    });
                }
            }
        }

        private SqlNodeList selectList() {
            SqlNodeList list = select.getSelectList();
            boolean any = enclosing != null
                    && enclosing.result() == Subquery.Result.EXISTS
                    && list.size() == 1
                    && Records.isStar(list.get(0));
            // that there is a row is asked, not what is in it
            return any ? SqlNodeList.of(SqlLiteral.createBoolean(true, list.getParserPosition())) : list;
        }

        /** Returns the condition on which what a query in an expression looks at is joined to the row around it. */
        private List<@Nullable SqlNode> asked(
                Enclosing place,
                JoinConditions joins,
                List<SqlNode> conjuncts,
                List<Selected> items,
                boolean aggregating,
                boolean windowed) {
            if (windowed) {
                throw text.error(
                        StandardError.INVALID_WINDOW,
                        "A query that stands for a value looks at the window of the query around it. Remove its own",
                        select);
            }
            SqlNode tested = place.tested();
            boolean plain = !aggregating && fetch == null && offset == null && items.size() == 1;
            if (tested != null && plain && scope.sources().get(0).isLookupTable()) {
                SqlNode value = items.get(0).value();
                SqlParserPos position = tested.getParserPosition();
                SqlNode column = place.columns().column(text.at(tested), tested, position);
                conjuncts.add(calls.truth("IN", calls.apply(Operator.EQUAL, position, value, column)));
            }
            List<SqlNode> conditions =
                    conjuncts.stream().map(JoinConditions::condition).toList();
            SqlNode condition = conditions.isEmpty()
                    ? calls.constant(true, DataType.BOOLEAN, select.getParserPosition())
                    : conditions.size() == 1
                            ? conditions.get(0)
                            : calls.apply(Operator.AND, select.getParserPosition(), conditions);
            joins.checkAsked(steps.get(0), condition);
            conjuncts.clear();
            List<@Nullable SqlNode> on = new ArrayList<>();
            on.add(calls.truth("WHERE", condition));
            return on;
        }

        private List<SqlNode> order(SqlNode written) {
            OrderItem item = OrderItem.of(written);
            boolean place =
                    item.value() instanceof NumberLiteral number && number.isWhole() && dialect == Dialect.STANDARD;
            SqlNode value = place ? item.value() : expressions.rewrite(item.value(), Scope.ALL_ALIASES);
            SqlNode key =
                    item.descending() ? SqlStdOperatorTable.DESC.createCall(written.getParserPosition(), value) : value;
            if (!item.nullsFirst()) {
                return List.of(key);
            }
            if (place) {
                throw calls.unsupported("NULLS FIRST takes a name. Write that of the column", written);
            }
            return List.of(OrderItem.nullsFirst(value, calls), key);
        }

        private SqlNode liftOrder(Grouping grouping, SqlNode item) {
            if (item.getKind() == SqlKind.DESCENDING) {
                return SqlStdOperatorTable.DESC.createCall(
                        item.getParserPosition(), grouping.lift(((SqlCall) item).operand(0)));
            }
            return grouping.lift(item);
        }
    }
}
