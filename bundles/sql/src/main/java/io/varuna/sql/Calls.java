package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import io.varuna.plan.WindowSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Makes the calls that a statement is rewritten to. */
final class Calls {
    /** How far PREV, FIRST and LAST may go. */
    static final int MOST_ROWS_BACK = 10_000;

    private final StatementText text;
    private final Typing typing;
    // Calcite compares names of operators without their case, so constants are told apart by number
    private final List<Meaning.Constant> constants = new ArrayList<>();

    private boolean windowColumns;

    Calls(StatementText text) {
        this.text = text;
        this.typing = new Typing(text);
    }

    SqlNode apply(Operator operator, SqlParserPos position, SqlNode... operands) {
        return apply(operator, position, Arrays.asList(operands));
    }

    SqlNode apply(Operator operator, SqlParserPos position, List<SqlNode> operands) {
        return new OpaqueOperator(
                        operator.name().toLowerCase(Locale.ROOT),
                        new Meaning.Apply(operator),
                        known -> typing.operator(operator, known))
                .createCall(position, operands);
    }

    /** Compares a value with the elements of a list, of which all have to fit, or else any. */
    SqlNode quantified(Operator comparison, boolean all, SqlNode value, SqlNode list, SqlParserPos position) {
        return apply(all ? Operator.ALL : Operator.ANY, position, value, text(comparison.name(), position), list);
    }

    /** Returns an expression that is to stand in more places than one; those that become too large are refused. */
    SqlNode repeated(SqlNode expression) {
        if (Content.isLarge(expression)) {
            throw text.error(
                    StandardError.STATEMENT_TOO_COMPLEX,
                    "The expression is needed more than once, and is too large for that. Give it a name in a query in FROM",
                    expression);
        }
        return expression;
    }

    SqlNode cast(SqlNode value, DataType type, SqlParserPos position) {
        return new OpaqueOperator("cast " + type, new Meaning.Apply(Operator.CAST), known -> type)
                .createCall(position, value);
    }

    SqlNode scalar(FunctionDefinition function, List<SqlNode> arguments, SqlParserPos position) {
        return new OpaqueOperator(
                        function.name(),
                        new Meaning.Call(function),
                        known -> typing.function(function, arguments.size(), known))
                .createCall(position, arguments);
    }

    SqlNode expand(FunctionDefinition function, List<SqlNode> arguments, SqlParserPos position) {
        return new OpaqueOperator(function.name(), new Meaning.Expand(function), known -> {
                    typing.function(function, arguments.size(), known);
                    return DataType.ANY;
                })
                .createCall(position, arguments);
    }

    /** Stands for a condition that joins a row to the elements of its list, which are in a column. */
    SqlNode unnest(FunctionDefinition function, SqlNode list, SqlNode column, SqlParserPos position) {
        return new OpaqueOperator("$unnest", new Meaning.Expand(function), known -> {
                    typing.function(function, 1, known);
                    return DataType.BOOLEAN;
                })
                .createCall(position, list, column);
    }

    SqlNode aggregate(FunctionDefinition function, List<SqlNode> arguments, SqlParserPos position) {
        return AggregateOperator.of(function, known -> typing.function(function, arguments.size(), known))
                .createCall(position, arguments);
    }

    SqlNode analytic(
            FunctionDefinition function,
            List<SqlNode> arguments,
            List<SqlNode> partitionBy,
            @Nullable SqlNode when,
            SqlParserPos position) {
        List<SqlNode> operands = new ArrayList<>(arguments);
        operands.addAll(partitionBy);
        if (when != null) {
            operands.add(truth("WHEN", when));
        }
        operands.forEach(operand -> queryless("'" + function.name() + "'", operand));
        return new OpaqueOperator(
                        function.name() + "/" + arguments.size() + "/" + partitionBy.size() + "/" + (when != null),
                        new Meaning.Analyse(function, arguments.size(), partitionBy.size(), when != null),
                        known -> typing.function(function, arguments.size(), known))
                .createCall(position, operands);
    }

    SqlNode rowNumber(
            List<SqlNode> partitionBy, List<SqlNode> orderBy, List<Boolean> descending, SqlParserPos position) {
        List<SqlNode> operands = new ArrayList<>(partitionBy);
        operands.addAll(orderBy);
        return new OpaqueOperator(
                        "row_number/" + partitionBy.size() + "/" + descending,
                        new Meaning.RowNumber(partitionBy.size(), descending),
                        known -> DataType.BIGINT)
                .createCall(position, operands);
    }

    SqlNode delay(List<SqlNode> operands, SqlParserPos position) {
        return new OpaqueOperator("delay", new Meaning.Wait(), typing::delay).createCall(position, operands);
    }

    SqlNode newSpans(long expire, List<SqlNode> operands, SqlParserPos position) {
        return new OpaqueOperator(
                        "dedup_trigger/" + expire, new Meaning.NewSpans(expire), known -> DataType.array(DataType.ANY))
                .createCall(position, operands);
    }

    SqlNode otherRow(SqlNode value, Meaning.OtherRow row, SqlParserPos position) {
        String name = "$row/" + row.variables() + "/" + row.first() + "/" + row.offset() + "/" + row.back() + "/"
                + row.whole();
        return new OpaqueOperator(name, row, known -> known.types().get(0)).createCall(position, value);
    }

    SqlNode overMatch(Meaning.OverMatch aggregate, List<SqlNode> arguments, SqlParserPos position) {
        FunctionDefinition function = aggregate.function();
        String name = (function == null ? "$count" : function.name()) + "/" + aggregate.variables() + "/"
                + aggregate.distinct() + "/" + aggregate.whole();
        return new OpaqueOperator(
                        name,
                        aggregate,
                        known ->
                                function == null ? DataType.BIGINT : typing.function(function, arguments.size(), known))
                .createCall(position, arguments);
    }

    SqlNode constant(@Nullable Object value, DataType type, SqlParserPos position) {
        Meaning.Constant constant = new Meaning.Constant(value, type);
        int number = constants.indexOf(constant);
        if (number < 0) {
            number = constants.size();
            constants.add(constant);
        }
        return new OpaqueOperator("$constant" + number, constant, known -> type).createCall(position);
    }

    SqlNode query(Meaning.Query query, DataType type, List<SqlNode> outer, SqlParserPos position) {
        return new OpaqueOperator("$query" + query.number(), query, known -> type).createCall(position, outer);
    }

    SqlNode nothing(SqlParserPos position) {
        return constant(null, DataType.ANY, position);
    }

    SqlNode text(String value, SqlParserPos position) {
        return constant(value, DataType.VARCHAR, position);
    }

    SqlNode windowColumn(int index, SqlParserPos position) {
        windowColumns = true;
        return new OpaqueOperator("$window" + index, new Meaning.WindowColumn(index), known -> DataType.BIGINT)
                .createCall(position);
    }

    /** Tells whether any column of a window was asked for. */
    boolean usesWindowColumns() {
        return windowColumns;
    }

    SqlNode context(Expression.ContextValue.Kind kind, SqlParserPos position) {
        DataType type = new Expression.ContextValue(kind).type();
        return new OpaqueOperator("$" + kind.name().toLowerCase(Locale.ROOT), new Meaning.Context(kind), known -> type)
                .createCall(position);
    }

    /** Makes a condition of a value. */
    SqlNode truth(String clause, SqlNode value) {
        return new OpaqueOperator("$truth", new Meaning.Truth(), known -> typing.condition(clause, known))
                .createCall(value.getParserPosition(), value);
    }

    SqlNode afterWindow(SqlNode condition) {
        return new OpaqueOperator("$after_window", new Meaning.AfterWindow(), known -> DataType.BOOLEAN)
                .createCall(condition.getParserPosition(), condition);
    }

    /** Stands for a window whose expressions are the operands; see {@link Meaning.Gather}. */
    SqlNode gather(WindowSpec window, List<SqlNode> operands, SqlParserPos position) {
        return new OpaqueOperator("$gather", new Meaning.Gather(window), known -> DataType.BOOLEAN)
                .createCall(position, operands);
    }

    /** Stands for a condition on the times of two rows; see {@link Meaning.Near}. */
    SqlNode near(long lower, long upper, SqlParserPos position) {
        return new OpaqueOperator("$near", new Meaning.Near(lower, upper), known -> DataType.BOOLEAN)
                .createCall(position);
    }

    /** Makes {@code value->first->second}. */
    SqlNode path(SqlNode value, List<String> members, SqlParserPos position) {
        SqlNode result = value;
        for (String member : members) {
            result = apply(Operator.MEMBER, position, result, text(member, position));
        }
        return result;
    }

    /** Checks that there is no query in an expression of a clause that is evaluated before others have their rows. */
    void queryless(String clause, SqlNode expression) {
        Content.first(expression, Meaning.Query.class).ifPresent(query -> {
            throw unsupported(clause + " takes no query. Compare with it in WHERE or HAVING", query);
        });
    }

    RuntimeException unsupported(String what, SqlNode node) {
        return text.error(StandardError.UNSUPPORTED, what, node);
    }

    /** Returns the condition that is true where all are; null where there is none. */
    static @Nullable SqlNode and(List<SqlNode> conjuncts) {
        return conjuncts.stream()
                .reduce((all, next) -> SqlStdOperatorTable.AND.createCall(
                        SqlParserPos.sum(List.of(all.getParserPosition(), next.getParserPosition())), all, next))
                .orElse(null);
    }

    static <T> List<T> rest(List<T> list, int from) {
        return Util.skip(list, from);
    }
}
