package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.Catalog;
import io.varuna.plan.RunningAggregate.Frame;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Rewrites aggregate functions with OVER: over the rows before each row, and the row itself. */
final class RunningCalls {
    /** So many rows are kept for each partition at most. */
    private static final long MOST_ROWS = 1_000_000;

    private static final Set<String> CLOCKS = Set.of("proctime", "current_timestamp", "localtimestamp", "event_time");

    private final ExpressionRewriter expressions;
    private final Scope scope;
    private final TimeColumns times;
    private final StatementText text;
    private final Calls calls;

    RunningCalls(ExpressionRewriter expressions, Scope scope, Catalog catalog, StatementText text, Calls calls) {
        this.expressions = expressions;
        this.scope = scope;
        this.times = new TimeColumns(catalog, scope.eventTime());
        this.text = text;
        this.calls = calls;
    }

    /**
     * Returns the call that gives each row the value of an aggregate.
     *
     * @param aggregate rewritten, perhaps with FILTER
     */
    SqlNode rewrite(SqlCall aggregate, SqlWindow over, SqlNode written, int item) {
        if (scope.sources().size() > 1) {
            throw calls.unsupported(
                    "An aggregate with OVER needs the order of one stream's rows. Put the join into a query in FROM",
                    written);
        }
        if (!scope.sources().get(0).isStream()) {
            throw calls.unsupported("An aggregate with OVER reads the rows of a stream or of a query", written);
        }
        boolean filtered = aggregate.getKind() == SqlKind.FILTER;
        SqlCall call = filtered ? aggregate.operand(0) : aggregate;
        List<SqlNode> partitionBy = expressions.rewriteAll(over.getPartitionList(), item);
        partitionBy.forEach(by -> checkOfRow(by, "PARTITION BY"));
        call.getOperandList().forEach(argument -> checkOfRow(argument, "An aggregate with OVER"));
        SqlNode filter = filtered ? aggregate.operand(1) : null;
        if (filter != null) {
            checkOfRow(filter, "FILTER");
        }
        checkFramed(over, written);
        checkOrder(over);
        Frame frame = frame(over);
        AggregateOperator operator = (AggregateOperator) call.getOperator();
        boolean distinct = FunctionRewriter.isDistinct(call);
        if (!frame.bounded()) {
            checkSize(operator.definition(), distinct, written);
        }
        return operator.overRows(
                call.getOperandList(), distinct, filter, partitionBy, frame, written.getParserPosition());
    }

    private void checkOfRow(SqlNode node, String clause) {
        calls.queryless(clause, node);
        if (Content.hasAggregate(node) || Content.has(node, Meaning.OverRows.class) || Content.hasRowNumber(node)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    clause + " takes values of single rows. Compute others in a query in FROM",
                    node);
        }
    }

    /** What grows with each row has to lose some, too. */
    private void checkSize(@Nullable FunctionDefinition function, boolean distinct, SqlNode written) {
        boolean grows = distinct || (function != null && ((AggregateFunction<?>) function.create()).keepsRows());
        if (grows) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "'" + text.at(written) + "' would have to keep all rows of an endless stream. Say how many: "
                            + example(scope.eventTime()),
                    written);
        }
    }

    private static String example(boolean eventTime) {
        return "OVER (" + (eventTime ? "ORDER BY ts " : "") + "ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)";
    }

    /** Without an order and a frame, an aggregate is one of all rows, also those to come. */
    private void checkFramed(SqlWindow over, SqlNode written) {
        boolean framed = over.getLowerBound() != null && (over.isRows() || !scope.eventTime());
        if (over.getOrderList().isEmpty() && !framed) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "Without ORDER BY '" + text.at(written)
                            + "' would see all rows of its partition, of which more are to"
                            + " come. Write OVER ("
                            + (scope.eventTime() ? "ORDER BY " + time() : "ROWS UNBOUNDED PRECEDING")
                            + ") for those that have come so far",
                    written);
        }
    }

    /** Checks that an order, if there is one, is that in which rows come. */
    void checkOrder(SqlWindow over) {
        SqlNodeList order = over.getOrderList();
        if (order.isEmpty()) {
            return;
        }
        SqlNode first = order.get(0);
        boolean fits = isTime(first);
        if (!fits && !scope.eventTime()) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "The rule is not in event time, so its rows are in the order in which they come. Set the option"
                            + " isEventTime of the rule, or remove ORDER BY and write ROWS or RANGE",
                    first);
        }
        if (!fits || order.size() > 1) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "OVER takes rows in the ascending order of their time alone. Write ORDER BY " + time(),
                    order.get(fits ? 1 : 0));
        }
    }

    private String time() {
        return scope.sources().get(0).relation() instanceof Relation.Declared declared
                ? declared.definition().options().timestamp().orElse("ts")
                : "event_time()";
    }

    private boolean isTime(SqlNode node) {
        Source source = scope.sources().get(0);
        if (node instanceof SqlIdentifier name) {
            boolean qualified = name.names.size() == 2 && name.names.get(0).equals(source.alias());
            String column = name.names.get(name.names.size() - 1);
            if ((qualified || name.isSimple()) && source.has(column) && times.isTime(source.relation(), column)) {
                return true;
            }
            return name.isSimple() && isClock(column);
        }
        return node instanceof SqlCall call
                && call.operandCount() == 0
                && isClock(call.getOperator().getName());
    }

    /** The time of a row is event_time(); in processing time that is when it comes. */
    private boolean isClock(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return scope.eventTime() ? key.equals("event_time") : CLOCKS.contains(key);
    }

    private Frame frame(SqlWindow over) {
        SqlNode lower = over.getLowerBound();
        SqlNode upper = over.getUpperBound();
        Frame.Unit unit = over.isRows() ? Frame.Unit.ROWS : Frame.Unit.RANGE;
        if (upper != null && !SqlWindow.isCurrentRow(upper)) {
            boolean later = upper.getKind() == SqlKind.FOLLOWING || SqlWindow.isUnboundedFollowing(upper);
            throw calls.unsupported(
                    (later ? "Later rows are not known yet: a" : "A") + " frame ends with CURRENT ROW. Write BETWEEN "
                            + (lower == null ? "9 PRECEDING" : text.at(lower)) + " AND CURRENT ROW",
                    upper);
        }
        if (!SqlWindow.isExcludeNoOthers(over.getExclude())) {
            throw calls.unsupported(
                    "EXCLUDE is not supported. Use FILTER (WHERE ...) to choose rows", over.getExclude());
        }
        if (lower == null || SqlWindow.isUnboundedPreceding(lower)) {
            return new Frame(unit, Frame.UNBOUNDED);
        }
        if (SqlWindow.isCurrentRow(lower)) {
            return new Frame(unit, 0);
        }
        if (lower.getKind() != SqlKind.PRECEDING) {
            throw calls.unsupported(
                    "Later rows are not known yet: a frame begins with UNBOUNDED PRECEDING, n PRECEDING or"
                            + " CURRENT ROW",
                    lower);
        }
        SqlNode size = ((SqlCall) lower).operand(0);
        return new Frame(unit, unit == Frame.Unit.ROWS ? rows(size) : millis(size));
    }

    private long rows(SqlNode node) {
        long rows = number(node).orElse(-1);
        if (rows < 0 || rows > MOST_ROWS) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "ROWS takes a whole number of rows, at most " + MOST_ROWS + ", such as ROWS BETWEEN 9 PRECEDING AND"
                            + " CURRENT ROW",
                    node);
        }
        return rows;
    }

    private long millis(SqlNode node) {
        OptionalLong number = number(node);
        long millis = (number.isPresent() ? number : Intervals.millis(node)).orElse(-1);
        if (millis < 0) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "'" + text.at(node)
                            + "' is no length of time. Write RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND"
                            + " CURRENT ROW",
                    node);
        }
        return millis;
    }

    private static OptionalLong number(SqlNode node) {
        return node instanceof SqlLiteral literal
                        && literal.getValue() instanceof BigDecimal number
                        && number.scale() <= 0
                        && number.toBigInteger().bitLength() < Long.SIZE
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }
}
