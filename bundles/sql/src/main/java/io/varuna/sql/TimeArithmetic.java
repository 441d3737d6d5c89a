package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.Operator;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Rewrites sums of times and lengths of time, such as {@code ts + 2 * INTERVAL '1' HOUR}. */
final class TimeArithmetic {
    private final ExpressionRewriter expressions;
    private final StatementText text;
    private final Calls calls;

    TimeArithmetic(ExpressionRewriter expressions, StatementText text, Calls calls) {
        this.expressions = expressions;
        this.text = text;
        this.calls = calls;
    }

    /** Returns the time that a sum or difference stands for; nothing if no length of time is in it. */
    Optional<SqlNode> rewrite(SqlCall call, int item) {
        SqlKind kind = call.getKind();
        if (kind != SqlKind.PLUS && kind != SqlKind.MINUS) {
            return Optional.empty();
        }
        SqlNode left = call.operand(0);
        SqlNode right = call.operand(1);
        if (isLength(right) && !isLength(left)) {
            SqlNode length = length(right, item);
            SqlNode added = kind == SqlKind.PLUS ? length : negated(length, right.getParserPosition());
            return Optional.of(later(expressions.rewrite(left, item), added, call.getParserPosition()));
        }
        if (kind == SqlKind.PLUS && isLength(left) && !isLength(right)) {
            return Optional.of(later(expressions.rewrite(right, item), length(left, item), call.getParserPosition()));
        }
        return Optional.empty();
    }

    SqlNode later(SqlNode time, SqlNode millis, SqlParserPos position) {
        return calls.apply(Operator.ADD_TIME, position, time, millis);
    }

    private static boolean isLength(SqlNode node) {
        if (node instanceof SqlIntervalLiteral) {
            return true;
        }
        return switch (node.getKind()) {
            case PLUS, MINUS, MINUS_PREFIX -> ((SqlCall) node)
                    .getOperandList().stream().allMatch(TimeArithmetic::isLength);
            case TIMES -> isLength(((SqlCall) node).operand(0)) != isLength(((SqlCall) node).operand(1));
            case DIVIDE -> isLength(((SqlCall) node).operand(0)) && !isLength(((SqlCall) node).operand(1));
            default -> false;
        };
    }

    /** Returns a length of time as milliseconds. */
    private SqlNode length(SqlNode node, int item) {
        SqlParserPos position = node.getParserPosition();
        if (node instanceof SqlIntervalLiteral literal) {
            return calls.constant(millis(literal), DataType.BIGINT, position);
        }
        SqlCall call = (SqlCall) node;
        return switch (call.getKind()) {
            case MINUS_PREFIX -> negated(length(call.operand(0), item), position);
            case PLUS -> calls.apply(
                    Operator.PLUS, position, length(call.operand(0), item), length(call.operand(1), item));
            case MINUS -> calls.apply(
                    Operator.MINUS, position, length(call.operand(0), item), length(call.operand(1), item));
            default -> calls.cast(
                    calls.apply(
                            call.getKind() == SqlKind.TIMES ? Operator.MULTIPLY : Operator.DIVIDE,
                            position,
                            factor(call.operand(0), item),
                            factor(call.operand(1), item)),
                    DataType.BIGINT,
                    position);
        };
    }

    private SqlNode factor(SqlNode node, int item) {
        return isLength(node) ? length(node, item) : expressions.rewrite(node, item);
    }

    private SqlNode negated(SqlNode length, SqlParserPos position) {
        return OpaqueOperator.meaning(length) instanceof Meaning.Constant constant
                        && constant.value() instanceof Long millis
                ? calls.constant(-millis, DataType.BIGINT, position)
                : calls.apply(Operator.NEGATE, position, length);
    }

    private long millis(SqlIntervalLiteral literal) {
        if (!(literal.getValue() instanceof IntervalValue interval)
                || interval.getIntervalQualifier().isYearMonth()) {
            throw calls.unsupported("Months and years are not all of one length. Write INTERVAL '30' DAY", literal);
        }
        OptionalLong millis = Intervals.millis(literal);
        return millis.orElseThrow(() -> text.error(
                StandardError.INVALID_ARGUMENT,
                "'" + text.at(literal) + "' is no length of time. Write INTERVAL '10' SECOND",
                literal));
    }
}
