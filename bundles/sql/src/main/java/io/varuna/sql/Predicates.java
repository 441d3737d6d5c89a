package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rewrites conditions of more than two plain operands: BETWEEN, LIKE, IN, ANY and ALL, IS DISTINCT FROM, rows of values. */
final class Predicates {
    private final ExpressionRewriter expressions;
    private final KnownFunctions functions;
    private final @Nullable ValueQueries queries;
    private final StatementText text;
    private final Calls calls;

    /**
     * Creates the rewriting.
     *
     * @param queries rewrites queries in expressions; null where there may be none
     */
    Predicates(
            ExpressionRewriter expressions,
            KnownFunctions functions,
            @Nullable ValueQueries queries,
            StatementText text,
            Calls calls) {
        this.expressions = expressions;
        this.functions = functions;
        this.queries = queries;
        this.text = text;
        this.calls = calls;
    }

    /** Returns the condition, or nothing where the call is none of those. */
    Optional<SqlNode> rewrite(SqlCall call, int item) {
        if (call.getOperator() instanceof SqlBetweenOperator between) {
            return Optional.of(between(call, between, item));
        }
        if (call.getOperator() instanceof SqlLikeOperator like) {
            return Optional.of(like(call, like, item));
        }
        return switch (call.getKind()) {
            case IN, NOT_IN -> Optional.of(in(call, item));
            case SOME, ALL -> call.getOperator() instanceof SqlQuantifyOperator operator
                    ? Optional.of(quantified(call, operator, item))
                    : Optional.empty();
            case IS_DISTINCT_FROM -> Optional.of(distinct(call, true, item));
            case IS_NOT_DISTINCT_FROM -> Optional.of(distinct(call, false, item));
            case EQUALS, NOT_EQUALS -> isRow(call.operand(0)) || isRow(call.operand(1))
                    ? Optional.of(rows(call, item))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Returns what rewrites queries in expressions. */
    ValueQueries queries(SqlNode node) {
        if (queries == null) {
            throw calls.unsupported(
                    "A pattern takes no query. Ask for its value in a query in FROM, or of its result", node);
        }
        return queries;
    }

    private SqlNode between(SqlCall call, SqlBetweenOperator operator, int item) {
        SqlParserPos position = call.getParserPosition();
        Operator between = operator.isNegated() ? Operator.NOT_BETWEEN : Operator.BETWEEN;
        List<SqlNode> operands = expressions.rewriteAll(call.getOperandList(), item);
        SqlNode ascending = calls.apply(between, position, operands);
        if (operator.flag != SqlBetweenOperator.Flag.SYMMETRIC) {
            return ascending;
        }
        operands.forEach(calls::repeated);
        SqlNode descending = calls.apply(between, position, operands.get(0), operands.get(2), operands.get(1));
        return calls.apply(operator.isNegated() ? Operator.AND : Operator.OR, position, ascending, descending);
    }

    private SqlNode like(SqlCall call, SqlLikeOperator operator, int item) {
        if (operator.getKind() != SqlKind.LIKE) {
            throw calls.unsupported(operator.getName() + " is not supported. Use LIKE or regexp_matches", call);
        }
        List<SqlNode> operands = expressions.rewriteAll(call.getOperandList(), item);
        if (!operator.isCaseSensitive()) {
            if (operands.size() > 2) {
                throw calls.unsupported("ILIKE takes no ESCAPE. Write lower(text) LIKE pattern ESCAPE '\\\\'", call);
            }
            operands = operands.stream()
                    .map(operand ->
                            calls.scalar(functions.named("lower", call), List.of(operand), operand.getParserPosition()))
                    .toList();
        }
        return calls.apply(
                operator.isNegated() ? Operator.NOT_LIKE : Operator.LIKE, call.getParserPosition(), operands);
    }

    private SqlNode in(SqlCall call, int item) {
        boolean positive = call.getKind() == SqlKind.IN;
        SqlNode left = call.operand(0);
        if (!(call.operand(1) instanceof SqlNodeList members)) {
            if (isRow(left)) {
                throw calls.unsupported(
                        "A row of values is not sought in a query. Write EXISTS (SELECT * FROM t WHERE t.a = x AND t.b = y)",
                        left);
            }
            return queries(call).in(left, call.operand(1), positive, call.getParserPosition(), item, expressions);
        }
        if (isRow(left)) {
            List<SqlNode> equal = new ArrayList<>();
            members.forEach(member -> equal.add(equal(left, member, item)));
            SqlNode any = equal.size() == 1 ? equal.get(0) : calls.apply(Operator.OR, call.getParserPosition(), equal);
            return positive ? any : calls.apply(Operator.NOT, call.getParserPosition(), any);
        }
        List<SqlNode> operands = new ArrayList<>();
        operands.add(expressions.rewrite(left, item));
        operands.addAll(expressions.rewriteAll(members.getList(), item));
        return calls.apply(positive ? Operator.IN : Operator.NOT_IN, call.getParserPosition(), operands);
    }

    /** Rewrites {@code x > ALL (SELECT ...)} and the like, also of the elements of a list. */
    private SqlNode quantified(SqlCall call, SqlQuantifyOperator operator, int item) {
        SqlParserPos position = call.getParserPosition();
        boolean all = call.getKind() == SqlKind.ALL;
        SqlKind comparison = operator.comparisonKind;
        SqlNode left = call.operand(0);
        if (isRow(left)) {
            throw calls.unsupported("A row of values is not compared with several. Write EXISTS (SELECT ...)", left);
        }
        SqlNode right = call.operand(1);
        boolean in = comparison == (all ? SqlKind.NOT_EQUALS : SqlKind.EQUALS);
        SqlNode only = right instanceof SqlNodeList list && list.size() == 1 ? list.get(0) : right;
        if (only.isA(SqlKind.QUERY)) {
            if (in) {
                return queries(call).in(left, only, !all, position, item, expressions);
            }
            return calls.quantified(
                    ExpressionRewriter.comparison(comparison),
                    all,
                    expressions.rewrite(left, item),
                    queries(call).list(only, position, item, expressions),
                    position);
        }
        if (right instanceof SqlNodeList list && list.size() > 1) {
            SqlNode value = calls.repeated(expressions.rewrite(left, item));
            List<SqlNode> compared = new ArrayList<>();
            for (SqlNode member : list) {
                compared.add(calls.apply(
                        ExpressionRewriter.comparison(comparison), position, value, expressions.rewrite(member, item)));
            }
            return calls.apply(all ? Operator.AND : Operator.OR, position, compared);
        }
        return calls.quantified(
                ExpressionRewriter.comparison(comparison),
                all,
                expressions.rewrite(left, item),
                expressions.rewrite(only, item),
                position);
    }

    /** NULL is a value like others here. */
    private SqlNode distinct(SqlCall call, boolean distinct, int item) {
        SqlParserPos position = call.getParserPosition();
        SqlNode left = calls.repeated(expressions.rewrite(call.operand(0), item));
        SqlNode right = calls.repeated(expressions.rewrite(call.operand(1), item));
        return calls.apply(
                Operator.CASE,
                position,
                calls.apply(Operator.IS_NULL, position, left),
                calls.apply(distinct ? Operator.IS_NOT_NULL : Operator.IS_NULL, position, right),
                calls.apply(Operator.IS_NULL, position, right),
                calls.constant(distinct, io.varuna.api.data.DataType.BOOLEAN, position),
                calls.apply(distinct ? Operator.NOT_EQUAL : Operator.EQUAL, position, left, right));
    }

    private SqlNode rows(SqlCall call, int item) {
        SqlNode equal = equal(call.operand(0), call.operand(1), item);
        return call.getKind() == SqlKind.EQUALS ? equal : calls.apply(Operator.NOT, call.getParserPosition(), equal);
    }

    private SqlNode equal(SqlNode left, SqlNode right, int item) {
        SqlParserPos position = right.getParserPosition();
        if (!isRow(left) || !isRow(right) || ((SqlCall) left).operandCount() != ((SqlCall) right).operandCount()) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "A row of values is compared with another one of as many values, such as (a, b) = (1, 2)",
                    isRow(left) ? right : left);
        }
        List<SqlNode> equal = new ArrayList<>();
        for (int i = 0; i < ((SqlCall) left).operandCount(); i++) {
            equal.add(calls.apply(
                    Operator.EQUAL,
                    position,
                    expressions.rewrite(((SqlCall) left).operand(i), item),
                    expressions.rewrite(((SqlCall) right).operand(i), item)));
        }
        return equal.size() == 1 ? equal.get(0) : calls.apply(Operator.AND, position, equal);
    }

    private static boolean isRow(SqlNode node) {
        return node.getKind() == SqlKind.ROW;
    }
}
