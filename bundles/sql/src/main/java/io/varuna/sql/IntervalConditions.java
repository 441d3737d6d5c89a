package io.varuna.sql;

import io.varuna.api.error.StandardError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds, in the condition of a join without a window, how far the times of two rows may be apart: {@code a.ts BETWEEN b.ts -
 * INTERVAL '5' SECOND AND b.ts}, or the same in comparisons.
 */
final class IntervalConditions {
    private final Source left;
    private final Source right;
    private final StatementText text;
    private final List<SqlNode> rest = new ArrayList<>();
    private @Nullable Long lower;
    private @Nullable Long upper;

    private IntervalConditions(Source left, Source right, StatementText text) {
        this.left = left;
        this.right = right;
        this.text = text;
    }

    /**
     * What was found.
     *
     * @param lower the least that the time of the right row is after that of the left one, in milliseconds
     * @param rest the other conjuncts, as they were written
     */
    record Found(long lower, long upper, List<SqlNode> rest) {
        Found {
            rest = List.copyOf(rest);
        }
    }

    /** The sum of a number of milliseconds and of the times of both rows, each as often as told. */
    private record Sum(long leftTimes, long rightTimes, long millis) {
        Sum minus(Sum other) {
            return new Sum(
                    leftTimes - other.leftTimes,
                    rightTimes - other.rightTimes,
                    Math.subtractExact(millis, other.millis));
        }

        Sum negated() {
            return new Sum(0, 0, 0).minus(this);
        }
    }

    /** Reads a condition; empty where it does not compare the times of the two. */
    static Optional<Found> read(@Nullable SqlNode condition, Source left, Source right, StatementText text) {
        if (condition == null || time(left).isEmpty() || time(right).isEmpty()) {
            return Optional.empty();
        }
        IntervalConditions conditions = new IntervalConditions(left, right, text);
        conditions.split(condition);
        return conditions.found(condition);
    }

    /** Returns the column that is the time of a stream. */
    private static Optional<String> time(Source source) {
        return source.relation() instanceof Relation.Declared declared
                ? declared.definition().options().timestamp()
                : Optional.empty();
    }

    private Optional<Found> found(SqlNode condition) {
        if (lower == null && upper == null) {
            return Optional.empty();
        }
        if (lower == null || upper == null) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "The times of the rows are compared on one side only, so all rows would have to be kept. Say how far"
                            + " they may be apart: " + example(),
                    condition);
        }
        if (lower > upper) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "No two rows have such times: the later bound comes before the earlier one",
                    condition);
        }
        return Optional.of(new Found(lower, upper, rest));
    }

    private String example() {
        String one = right.alias() + "." + time(right).orElse("ts");
        String other = left.alias() + "." + time(left).orElse("ts");
        return one + " BETWEEN " + other + " - INTERVAL '5' SECOND AND " + other + " + INTERVAL '5' SECOND";
    }

    private void split(SqlNode condition) {
        if (condition.getKind() == SqlKind.AND) {
            ((SqlCall) condition).getOperandList().forEach(this::split);
        } else if (!bounds(condition)) {
            rest.add(condition);
        }
    }

    /** Takes note of what a conjunct says about the times; returns false if it says nothing. */
    private boolean bounds(SqlNode conjunct) {
        if (!(conjunct instanceof SqlCall call)) {
            return false;
        }
        try {
            if (call.getOperator() instanceof SqlBetweenOperator between) {
                return !between.isNegated()
                        && between.flag != SqlBetweenOperator.Flag.SYMMETRIC
                        && between(call.operand(0), call.operand(1), call.operand(2));
            }
            return switch (call.getKind()) {
                case GREATER_THAN_OR_EQUAL -> notBefore(call.operand(0), call.operand(1), 0);
                case GREATER_THAN -> notBefore(call.operand(0), call.operand(1), 1);
                case LESS_THAN_OR_EQUAL -> notBefore(call.operand(1), call.operand(0), 0);
                case LESS_THAN -> notBefore(call.operand(1), call.operand(0), 1);
                case EQUALS -> between(call.operand(0), call.operand(1), call.operand(1));
                default -> false;
            };
        } catch (ArithmeticException e) {
            throw text.error(StandardError.INVALID_WINDOW, "The interval is too long", conjunct);
        }
    }

    private boolean between(SqlNode value, SqlNode low, SqlNode high) {
        // both or none, as one alone would leave a half behind
        return difference(value, low).isPresent()
                && difference(high, value).isPresent()
                && notBefore(value, low, 0)
                && notBefore(high, value, 0);
    }

    /** Notes that one value is at least so many milliseconds after another. */
    private boolean notBefore(SqlNode later, SqlNode earlier, long millis) {
        Optional<Sum> difference = difference(later, earlier);
        difference.ifPresent(sum -> {
            if (sum.rightTimes() == 1) {
                long least = Math.subtractExact(millis, sum.millis());
                lower = lower == null ? least : Math.max(lower, least);
            } else {
                long most = Math.subtractExact(sum.millis(), millis);
                upper = upper == null ? most : Math.min(upper, most);
            }
        });
        return difference.isPresent();
    }

    /** Returns the difference if the time of one row is in it, and that of the other one is taken from it. */
    private Optional<Sum> difference(SqlNode one, SqlNode other) {
        return sum(one).flatMap(a -> sum(other).map(a::minus))
                .filter(sum -> Math.abs(sum.leftTimes()) == 1 && sum.leftTimes() == -sum.rightTimes());
    }

    private Optional<Sum> sum(SqlNode node) {
        if (node instanceof SqlIdentifier identifier) {
            return time(identifier);
        }
        if (node instanceof SqlIntervalLiteral) {
            OptionalLong millis = Intervals.millis(node);
            return millis.isPresent() ? Optional.of(new Sum(0, 0, millis.getAsLong())) : Optional.empty();
        }
        if (node instanceof SqlLiteral literal && literal.getValue() instanceof BigDecimal number) {
            boolean fits = number.scale() <= 0 && number.toBigInteger().bitLength() <= 63;
            return fits ? Optional.of(new Sum(0, 0, number.longValueExact())) : Optional.empty();
        }
        return switch (node.getKind()) {
            case PLUS -> sums(node).map(both -> both.get(0).minus(both.get(1).negated()));
            case MINUS -> sums(node).map(both -> both.get(0).minus(both.get(1)));
            case MINUS_PREFIX -> sum(((SqlCall) node).operand(0)).map(Sum::negated);
            default -> Optional.empty();
        };
    }

    private Optional<List<Sum>> sums(SqlNode node) {
        return sum(((SqlCall) node).operand(0))
                .flatMap(one -> sum(((SqlCall) node).operand(1)).map(other -> List.of(one, other)));
    }

    private Optional<Sum> time(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        String name = names.get(names.size() - 1);
        boolean ofLeft = names.size() == 2 ? names.get(0).equals(left.alias()) : !right.has(name);
        boolean ofRight = names.size() == 2 ? names.get(0).equals(right.alias()) : !left.has(name);
        if (names.size() > 2 || ofLeft == ofRight) {
            return Optional.empty();
        }
        boolean isTime = time(ofLeft ? left : right).filter(name::equals).isPresent();
        return isTime ? Optional.of(new Sum(ofLeft ? 1 : 0, ofRight ? 1 : 0, 0)) : Optional.empty();
    }
}
