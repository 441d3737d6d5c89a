package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Operator;
import io.varuna.plan.Output.Presence;
import io.varuna.plan.WindowSpec;
import io.varuna.sql.FromReader.From;
import io.varuna.sql.WindowReader.WindowClause;
import io.varuna.sql.parser.GrammarOperators;
import io.varuna.sql.parser.StarSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            throw calls.unsupported(
                    "'" + query.getKind() + "' is not supported here. Write the rule as one SELECT", query);
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

    /** An item of the SELECT list. */
    private record Selected(String name, Presence presence, SqlNode value, boolean visible) {}

    /** The rewriting of one SELECT. */
    private final class Rewriting {
        private final Scope scope;
        private final List<FromReader.Step> steps;
        private final ExpressionRewriter expressions;
        private final SqlSelect select;
        private final SqlNodeList orderBy;
        private final @Nullable SqlNode offset;
        private final @Nullable SqlNode fetch;
        private final List<Selected> items = new ArrayList<>();
        private final List<SqlNode> keys = new ArrayList<>();
        private @Nullable WindowClause window;

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
            addAliases();
            select();
            groupBy();
            SqlNode having = select.getHaving() == null
                    ? null
                    : numberless("HAVING", elsewhere(select.getHaving()), select.getHaving());
            List<SqlNode> order = new ArrayList<>();
            orderBy.forEach(item -> order.add(order(item)));
            boolean aggregating = !keys.isEmpty()
                    || items.stream().anyMatch(item -> FunctionRewriter.containsAggregate(item.value()))
                    || (having != null && FunctionRewriter.containsAggregate(having))
                    || order.stream().anyMatch(FunctionRewriter::containsAggregate);
            List<SqlNode> conjuncts = where();
            if (having != null && !aggregating) {
                conjuncts.add(calls.afterWindow(calls.truth("HAVING", having)));
            }
            boolean windowed = window != null || scope.sources().stream().anyMatch(source -> source.window() != null);
            JoinConditions joins = new JoinConditions(scope, text, calls, eventTime, windowed);
            List<@Nullable SqlNode> on = joins.rewrite(steps, condition -> expressions.rewrite(condition, aliases()));
            addWindow(conjuncts);
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
            return new RewrittenQuery(dialect, rewritten, scope.sources(), columns, calls.usesWindowColumns());
        }

        private void addAliases() {
            int i = 0;
            for (SqlNode item : select.getSelectList()) {
                SqlNode node = visible(item);
                if (node.getKind() == SqlKind.AS) {
                    SqlCall as = (SqlCall) node;
                    SqlIdentifier alias = as.operand(1);
                    if (isStar(as.operand(0))) {
                        throw text.error(StandardError.INVALID_ARGUMENT, "'*' cannot have an alias. Remove AS", as);
                    }
                    scope.addAlias(alias.getSimple(), i, as.operand(0));
                }
                i++;
            }
        }

        private static SqlNode visible(SqlNode item) {
            return item instanceof SqlCall call && call.getOperator().equals(GrammarOperators.INVISIBLE)
                    ? call.operand(0)
                    : item;
        }

        private static boolean isStar(SqlNode node) {
            return node instanceof StarSelection || (node instanceof SqlIdentifier identifier && identifier.isStar());
        }

        private void select() {
            List<String> named = new ArrayList<>();
            for (SqlNode item : select.getSelectList()) {
                SqlNode node = visible(item);
                if (node.getKind() == SqlKind.AS) {
                    named.add(((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple());
                } else if (!isStar(node)) {
                    OutputNames.of(node).ifPresent(named::add);
                }
            }
            OutputNames names = new OutputNames(named);
            Map<String, SqlNode> seen = new HashMap<>();
            for (int i = 0; i < select.getSelectList().size(); i++) {
                SqlNode item = select.getSelectList().get(i);
                SqlNode node = visible(item);
                if (isStar(node)) {
                    star(node, i, new HashSet<>(named));
                    continue;
                }
                boolean aliased = node.getKind() == SqlKind.AS;
                SqlNode expression = aliased ? ((SqlCall) node).operand(0) : node;
                SqlNode expansion = expressions.functions().expansion(expression, i);
                SqlNode value = expansion == null ? expressions.rewrite(expression, i) : expansion;
                if (expansion != null && items.stream().anyMatch(other -> other.presence() == Presence.UNNESTED)) {
                    throw text.error(
                            StandardError.INVALID_ARGUMENT,
                            "SELECT has two functions that make several rows of one. Remove one",
                            expression);
                }
                String name =
                        aliased ? ((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple() : names.name(expression);
                if (item == node && seen.put(name, node) != null) {
                    throw text.error(
                            StandardError.DUPLICATE_COLUMN,
                            "Two columns of the output have the name '" + name + "'. Give one another name with AS",
                            node);
                }
                items.add(new Selected(name, presence(expression, value, aliased), value, item == node));
            }
        }

        private Presence presence(SqlNode expression, SqlNode value, boolean aliased) {
            if (OpaqueOperator.meaning(value) instanceof Meaning.Expand) {
                return Presence.UNNESTED;
            }
            if (ExpressionRewriter.isCall(expression, "changed_cols")
                    || (expression.getKind() == SqlKind.OVER
                            && ExpressionRewriter.isCall(((SqlCall) expression).operand(0), "changed_cols"))) {
                return Presence.SPREAD;
            }
            return !aliased && value instanceof SqlIdentifier column ? presence(column) : Presence.NOT_NULL;
        }

        /** Returns the presence of a column of a source, which has been qualified. */
        private Presence presence(SqlIdentifier column) {
            return scope.source(column.names.get(0))
                    .map(source -> source.relation().presence(column.names.get(1)))
                    .orElse(Presence.AS_IS);
        }

        /** Adds the columns that a star stands for: each where they are known, else the record, to be spread later. */
        private void star(SqlNode star, int item, Set<String> named) {
            StarSelection selection = star instanceof StarSelection changed ? changed : null;
            SqlIdentifier identifier = selection == null ? (SqlIdentifier) star : selection.star();
            List<Source> starred = identifier.names.size() > 1
                    ? List.of(expressions.functions().source(identifier.names.get(0), identifier))
                    : scope.sources();
            if (starred.stream().anyMatch(Source::isOpen)) {
                items.add(new Selected(
                        "*", Presence.SPREAD, expressions.functions().record(star, item), true));
                return;
            }
            Set<String> left = new HashSet<>();
            Map<String, SqlNode> replacements = new HashMap<>();
            List<String> added = new ArrayList<>();
            if (selection != null) {
                selection.excepts().forEach(name -> left.add(except((SqlIdentifier) name, starred)));
                for (SqlNode replacement : selection.replacements()) {
                    SqlCall as = (SqlCall) replacement;
                    String name = ((SqlIdentifier) as.operand(1)).getSimple();
                    replacements.put(name, expressions.rewrite(as.operand(0), item));
                    added.add(name);
                }
            }
            for (Source source : starred) {
                for (String name : source.schema().names()) {
                    // a column of the same name that is selected by itself, or of a source before, comes first
                    if (!named.add(name) || (left.contains(name) && !replacements.containsKey(name))) {
                        continue;
                    }
                    SqlNode column = starred(starred, source, name, identifier.getParserPosition());
                    SqlNode replacement = replacements.get(name);
                    added.remove(name);
                    items.add(
                            replacement == null
                                    ? new Selected(name, source.relation().presence(name), column, true)
                                    : new Selected(
                                            name,
                                            Presence.AS_IS,
                                            calls.apply(
                                                    Operator.COALESCE,
                                                    replacement.getParserPosition(),
                                                    replacement,
                                                    column),
                                            true));
                }
            }
            for (String name : added) {
                SqlNode value = replacements.get(name);
                if (value != null && named.add(name)) {
                    items.add(new Selected(name, Presence.NOT_NULL, value, true));
                }
            }
        }

        /** Returns a column that a star stands for; where its row may be missing, that of a later source. */
        private SqlNode starred(List<Source> starred, Source source, String name, SqlParserPos position) {
            SqlNode column = scope.column(source, name, position);
            boolean mayMiss = steps.stream().anyMatch(s -> s.kind() == JoinKind.RIGHT || s.kind() == JoinKind.FULL);
            List<SqlNode> columns = new ArrayList<>(List.of(column));
            if (mayMiss) {
                starred.stream()
                        .filter(other -> !other.equals(source) && other.has(name))
                        .forEach(other -> columns.add(scope.column(other, name, position)));
            }
            return columns.size() == 1 ? column : calls.apply(Operator.COALESCE, position, columns);
        }

        private String except(SqlIdentifier name, List<Source> starred) {
            if (starred.stream().noneMatch(source -> source.has(name.getSimple()))) {
                List<String> known = new ArrayList<>();
                starred.forEach(source -> known.addAll(source.schema().names()));
                throw text.error(
                        StandardError.COLUMN_NOT_FOUND,
                        "EXCEPT names the column '" + name.getSimple() + "', which is not there"
                                + StatementText.suggest(name.getSimple(), known, "The columns are"),
                        name);
            }
            return name.getSimple();
        }

        private void groupBy() {
            SqlNodeList groups = select.getGroup();
            if (groups == null) {
                return;
            }
            for (SqlNode group : groups) {
                if (WindowReader.isWindow(group)) {
                    if (window != null) {
                        throw text.error(StandardError.INVALID_WINDOW, "GROUP BY has two windows. Remove one", group);
                    }
                    window = new WindowReader(text).read(group);
                } else {
                    SqlNode key = numberless("GROUP BY", elsewhere(group), group);
                    if (FunctionRewriter.containsAggregate(key)) {
                        throw text.error(
                                StandardError.INVALID_ARGUMENT,
                                "GROUP BY cannot take an aggregate function. Put the condition into HAVING",
                                group);
                    }
                    keys.add(key);
                }
            }
        }

        /** Rewrites an expression that is not of the SELECT list. */
        private SqlNode elsewhere(SqlNode node) {
            return expressions.rewrite(node, Scope.ALL_ALIASES);
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
            if (item instanceof SqlLiteral literal && dialect == Dialect.STANDARD) {
                return literal;
            }
            return elsewhere(item);
        }

        private SqlNode liftOrder(Grouping grouping, SqlNode item) {
            if (item.getKind() == SqlKind.DESCENDING) {
                return SqlStdOperatorTable.DESC.createCall(
                        item.getParserPosition(), grouping.lift(((SqlCall) item).operand(0)));
            }
            return grouping.lift(item);
        }

        /** Returns which aliases WHERE and ON can see. */
        private int aliases() {
            return dialect == Dialect.RULE ? Scope.ALL_ALIASES : Scope.NO_ALIASES;
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

        private List<SqlNode> where() {
            List<SqlNode> conjuncts = new ArrayList<>();
            SqlNode where = select.getWhere();
            if (where != null) {
                SqlNode condition =
                        expressions.rewrite(where, dialect == Dialect.RULE ? Scope.ALL_ALIASES : Scope.NO_ALIASES);
                if (FunctionRewriter.containsAggregate(condition)) {
                    return aggregating(numberless("WHERE", condition, where), where);
                }
                split(numberless("WHERE", condition, where), conjuncts);
            }
            return conjuncts;
        }

        /** Returns a condition that compares the rows of a result with aggregates over all of them, WHERE or not. */
        private List<SqlNode> aggregating(SqlNode condition, SqlNode where) {
            SqlNode compared = calls.truth("WHERE", ResultAggregates.in(condition));
            List<SqlNode> conjuncts = new ArrayList<>();
            if (window != null || scope.sources().stream().anyMatch(source -> source.window() != null)) {
                conjuncts.add(calls.afterWindow(compared));
            } else if (scope.sources().size() == 1
                    && scope.sources().get(0).relation().gathers()) {
                conjuncts.add(compared);
            } else {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "WHERE sees single rows here, and there is nothing to aggregate. Add a window to GROUP BY, in which"
                                + " rows are compared with all others",
                        where);
            }
            return conjuncts;
        }

        private void split(SqlNode condition, List<SqlNode> conjuncts) {
            if (OpaqueOperator.meaning(condition) instanceof Meaning.Apply apply && apply.operator() == Operator.AND) {
                ((SqlCall) condition).getOperandList().forEach(operand -> split(operand, conjuncts));
            } else {
                conjuncts.add(calls.truth("WHERE", condition));
            }
        }

        private void addWindow(List<SqlNode> conjuncts) {
            WindowClause clause = window;
            WindowSpec table = scope.sources().stream()
                    .map(Source::window)
                    .filter(w -> w != null)
                    .findFirst()
                    .orElse(null);
            SqlParserPos position = select.getParserPosition();
            if (clause == null && table == null) {
                return;
            }
            if (clause != null && table != null) {
                throw text.error(
                        StandardError.INVALID_WINDOW,
                        "The query has a window in FROM and one in GROUP BY",
                        clause.node());
            }
            if (table != null) {
                SqlNode none = calls.nothing(position);
                conjuncts.add(calls.gather(table, List.of(none, none, none, none), position));
                return;
            }
            if (clause != null) {
                SqlNode none = calls.nothing(clause.node().getParserPosition());
                List<SqlNode> operands = new ArrayList<>();
                operands.add(clause.filter() == null ? none : condition("FILTER", clause.filter()));
                operands.add(clause.trigger() == null ? none : condition("WHEN", clause.trigger()));
                operands.add(clause.begin() == null ? none : rowExpression("STATEWINDOW", clause.begin()));
                operands.add(clause.end() == null ? none : rowExpression("STATEWINDOW", clause.end()));
                clause.partitionBy().forEach(by -> operands.add(elsewhere(by)));
                conjuncts.add(
                        calls.gather(clause.spec(), operands, clause.node().getParserPosition()));
            }
        }

        private SqlNode condition(String clause, SqlNode node) {
            return calls.truth(clause, rowExpression(clause, node));
        }

        /** Refuses numbers of rows where there is no result yet. */
        private SqlNode numberless(String clause, SqlNode node, SqlNode written) {
            if (FunctionRewriter.containsRowNumber(node)) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        clause + " comes before rows are numbered. Use 'row_number' in SELECT or ORDER BY",
                        written);
            }
            return node;
        }

        private SqlNode rowExpression(String clause, SqlNode node) {
            SqlNode expression = numberless(clause, elsewhere(node), node);
            if (FunctionRewriter.containsAggregate(expression)) {
                throw text.error(
                        StandardError.INVALID_WINDOW,
                        clause + " of a window sees single rows and cannot take an aggregate function",
                        node);
            }
            return expression;
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
