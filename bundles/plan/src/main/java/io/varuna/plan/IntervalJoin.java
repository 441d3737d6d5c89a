package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Joins rows of two streams, each row of its own, whose times are near each other. Hands on the columns of both. A pair has
 * the time of its later row; a left row without a partner is put out, with NULL for the columns of the right one, when no
 * partner can come any more.
 *
 * @param kind INNER or LEFT
 * @param leftKeys expressions over rows of the left input
 * @param rightKeys as many expressions over rows of the right input, which must equal those; NULL equals nothing
 * @param lower the least that the time of the right row is after that of the left one, in milliseconds; may be negative
 * @param upper the most, in milliseconds
 * @param residual what else must be true, over the columns of both; null if nothing
 */
public record IntervalJoin(
        PlanNode left,
        PlanNode right,
        JoinKind kind,
        List<Expression> leftKeys,
        List<Expression> rightKeys,
        long lower,
        long upper,
        @Nullable Expression residual)
        implements PlanNode {
    public IntervalJoin {
        leftKeys = List.copyOf(leftKeys);
        rightKeys = List.copyOf(rightKeys);
        if (leftKeys.size() != rightKeys.size()) {
            throw new IllegalArgumentException(leftKeys + " for " + rightKeys);
        }
        if (kind != JoinKind.INNER && kind != JoinKind.LEFT) {
            throw new IllegalArgumentException("A join of kind " + kind + " needs a window");
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>(left.output());
        columns.addAll(right.output());
        return columns;
    }

    @Override
    public String describe() {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            conditions.add(leftKeys.get(i) + " = " + rightKeys.get(i));
        }
        conditions.add("time from " + PlanText.time(lower) + " to " + PlanText.time(upper) + " after");
        if (residual != null) {
            conditions.add(residual.toString());
        }
        return "IntervalJoin " + kind.name().toLowerCase(Locale.ROOT) + " on " + String.join(" AND ", conditions);
    }
}
