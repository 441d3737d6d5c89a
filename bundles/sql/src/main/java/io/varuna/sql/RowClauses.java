package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Dialect;
import io.varuna.plan.Operator;
import io.varuna.plan.WindowSpec;
import io.varuna.sql.WindowReader.WindowClause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Reads the clauses that see rows before there are groups: WHERE, GROUP BY and its window. */
final class RowClauses {
    private final SqlSelect select;
    private final Scope scope;
    private final ExpressionRewriter expressions;
    private final StatementText text;
    private final Calls calls;
    private final List<SqlNode> keys = new ArrayList<>();
    private @Nullable WindowClause window;

    private RowClauses(SqlSelect select, Scope scope, ExpressionRewriter expressions, StatementText text, Calls calls) {
        this.select = select;
        this.scope = scope;
        this.expressions = expressions;
        this.text = text;
        this.calls = calls;
    }

    static RowClauses of(
            SqlSelect select, Scope scope, ExpressionRewriter expressions, StatementText text, Calls calls) {
        RowClauses clauses = new RowClauses(select, scope, expressions, text, calls);
        clauses.groupBy();
        return clauses;
    }

    /** Returns what rows are grouped by, rewritten. */
    List<SqlNode> keys() {
        return keys;
    }

    /** Tells whether rows come in windows, of GROUP BY or of FROM. */
    boolean isWindowed() {
        return window != null || scope.sources().stream().anyMatch(source -> source.window() != null);
    }

    /** Returns the window, of GROUP BY or of FROM, or null. */
    @Nullable
    WindowSpec window() {
        WindowClause clause = window;
        return clause != null ? clause.spec() : ofFrom();
    }

    private @Nullable WindowSpec ofFrom() {
        return scope.sources().stream()
                .map(Source::window)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns which aliases WHERE and ON can see. */
    int aliases() {
        return scope.dialect() == Dialect.RULE ? Scope.ALL_ALIASES : Scope.NO_ALIASES;
    }

    /** Reads GROUP BY: the window, and the keys. */
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
                SqlNode key = numberless("GROUP BY", group);
                if (Content.hasAggregate(key)) {
                    throw text.error(
                            StandardError.INVALID_ARGUMENT,
                            "GROUP BY cannot take an aggregate function. Put the condition into HAVING",
                            group);
                }
                keys.add(key);
            }
        }
    }

    /** Returns the conjuncts of WHERE, perhaps none. */
    List<SqlNode> where() {
        List<SqlNode> conjuncts = new ArrayList<>();
        SqlNode where = select.getWhere();
        if (where != null) {
            SqlNode condition = unnumbered("WHERE", expressions.rewrite(where, aliases()), where);
            if (Content.hasAggregate(condition)) {
                return aggregating(condition, where);
            }
            split(condition, conjuncts);
        }
        return conjuncts;
    }

    /** Returns a condition that compares the rows of a result with aggregates over all of them, WHERE or not. */
    private List<SqlNode> aggregating(SqlNode condition, SqlNode where) {
        SqlNode compared = calls.truth("WHERE", ResultAggregates.in(condition));
        List<SqlNode> conjuncts = new ArrayList<>();
        if (isWindowed()) {
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

    /** Adds what stands for the window, if there is one. */
    void addWindow(List<SqlNode> conjuncts) {
        WindowClause clause = window;
        WindowSpec table = ofFrom();
        SqlParserPos position = select.getParserPosition();
        if (clause == null && table == null) {
            return;
        }
        if (clause != null && table != null) {
            throw text.error(
                    StandardError.INVALID_WINDOW, "The query has a window in FROM and one in GROUP BY", clause.node());
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
            operands.add(clause.begin() == null ? none : condition("STATEWINDOW", clause.begin()));
            operands.add(clause.end() == null ? none : condition("STATEWINDOW", clause.end()));
            clause.partitionBy().forEach(by -> operands.add(rowExpression("PARTITION BY", by)));
            conjuncts.add(calls.gather(clause.spec(), operands, clause.node().getParserPosition()));
        }
    }

    private SqlNode condition(String clause, SqlNode node) {
        return calls.truth(clause, rowExpression(clause, node));
    }

    /** Rewrites an expression of a clause that comes before rows are numbered. */
    SqlNode numberless(String clause, SqlNode node) {
        return unnumbered(clause, expressions.rewrite(node, Scope.ALL_ALIASES), node);
    }

    private SqlNode unnumbered(String clause, SqlNode node, SqlNode written) {
        if (Content.hasRowNumber(node)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    clause + " comes before rows are numbered. Use 'row_number' in SELECT or ORDER BY",
                    written);
        }
        Content.first(node, Meaning.OverRows.class).ifPresent(call -> {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    clause
                            + " comes before aggregates with OVER. Put these into a query in FROM: SELECT * FROM (SELECT *,"
                            + " sum(x) OVER (ORDER BY ts) AS total FROM demo) AS d WHERE total > 10",
                    call);
        });
        return node;
    }

    private SqlNode rowExpression(String clause, SqlNode node) {
        SqlNode expression = numberless(clause, node);
        calls.queryless(clause + " of a window", expression);
        if (Content.hasAggregate(expression)) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    clause + " of a window sees single rows and cannot take an aggregate function",
                    node);
        }
        return expression;
    }
}
