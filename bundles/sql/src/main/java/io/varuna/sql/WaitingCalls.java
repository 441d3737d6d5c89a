package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.PlanNode;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Rewrites calls of the functions that keep rows back: delay and dedup_trigger. */
final class WaitingCalls {
    private final ExpressionRewriter expressions;
    private final StatementText text;
    private final Calls calls;

    WaitingCalls(ExpressionRewriter expressions, StatementText text, Calls calls) {
        this.expressions = expressions;
        this.text = text;
        this.calls = calls;
    }

    /** Rewrites delay(ms, value). */
    SqlNode delay(SqlCall call, int item) {
        if (call.operandCount() != 2) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'delay' takes milliseconds and a value, such as delay(1000, temperature)",
                    call);
        }
        return calls.delay(expressions.rewriteAll(call.getOperandList(), item), call.getParserPosition());
    }

    /** Rewrites dedup_trigger(start, end, now, expire). */
    SqlNode dedupTrigger(SqlCall call, int item) {
        if (call.operandCount() != 4) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'dedup_trigger' takes start, end and current time, and after how many milliseconds to forget, such as"
                            + " dedup_trigger(start_time, end_time, now_time, 600000)",
                    call);
        }
        List<SqlNode> operands = expressions.rewriteAll(call.getOperandList(), item);
        if (!(OpaqueOperator.meaning(operands.get(3)) instanceof Meaning.Constant constant)
                || !(constant.value() instanceof Long expire)
                || expire < 0) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "Argument 'expire' of 'dedup_trigger' takes a whole number of milliseconds",
                    call.<SqlNode>operand(3));
        }
        return calls.newSpans(expire, operands.subList(0, 3), call.getParserPosition());
    }

    /** Returns what is wrong with the first argument of delay. */
    static @Nullable String problem(DataType millis) {
        return millis.isNumeric() || millis.kind() == DataType.Kind.ANY
                ? null
                : "Argument 'ms' of 'delay' takes a number of milliseconds, but it is " + millis;
    }

    /** Refuses rows that wait where a query sees them before they get to SELECT, WHERE and HAVING. */
    static void check(SqlNode query, StatementText text) {
        query.accept(new SqlBasicVisitor<Void>() {
            private boolean early;

            @Override
            public Void visit(SqlCall call) {
                if (call instanceof SqlJoin join) {
                    join.getLeft().accept(this);
                    join.getRight().accept(this);
                    return join.getCondition() == null ? null : inside(join.getCondition());
                }
                Meaning meaning = OpaqueOperator.meaning(call);
                boolean waits = meaning instanceof Meaning.Wait || meaning instanceof Meaning.NewSpans;
                if (waits && early) {
                    throw text.error(
                            StandardError.UNSUPPORTED,
                            "'" + (meaning instanceof Meaning.Wait ? "delay" : "dedup_trigger")
                                    + "' cannot be in ON, in a window, or in an analytic function. Use it in SELECT",
                            call);
                }
                if (meaning instanceof Meaning.Gather
                        || meaning instanceof Meaning.Analyse
                        || meaning instanceof Meaning.OverRows) {
                    return insideAll(call);
                }
                return super.visit(call);
            }

            private @Nullable Void inside(SqlNode node) {
                boolean before = early;
                early = true;
                node.accept(this);
                early = before;
                return null;
            }

            private @Nullable Void insideAll(SqlCall call) {
                call.getOperandList().forEach(this::inside);
                return null;
            }
        });
    }

    /** Tells whether rows of the plan come in another order than that of their times. */
    static boolean reorders(PlanNode node) {
        return node instanceof io.varuna.plan.DedupTrigger
                || node.inputs().stream().anyMatch(WaitingCalls::reorders);
    }
}
