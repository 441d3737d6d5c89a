package io.varuna.engine.step;

import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Values;
import io.varuna.plan.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rows are ordered by. NULL comes last in both directions. */
final class SortKeys {
    private final Evaluator[] keys;
    private final boolean[] descending;

    private SortKeys(Evaluator[] keys, boolean[] descending) {
        this.keys = keys;
        this.descending = descending;
    }

    static SortKeys of(List<Sort.Key> plan, ExpressionCompiler compiler) {
        Evaluator[] keys = new Evaluator[plan.size()];
        boolean[] descending = new boolean[plan.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = compiler.compile(plan.get(i).expression());
            descending[i] = plan.get(i).descending();
        }
        return new SortKeys(keys, descending);
    }

    @Nullable
    Object[] values(@Nullable Object[] row, long time) throws Exception {
        @Nullable Object[] values = new @Nullable Object[keys.length];
        for (int k = 0; k < keys.length; k++) {
            values[k] = keys[k].value(row, time);
        }
        return values;
    }

    int compare(@Nullable Object[] left, @Nullable Object[] right) {
        for (int k = 0; k < keys.length; k++) {
            Object a = left[k];
            Object b = right[k];
            if (a == null || b == null) {
                if (a != b) {
                    return a == null ? 1 : -1;
                }
            } else {
                int order = Values.order(a, b);
                if (order != 0) {
                    return descending[k] ? -order : order;
                }
            }
        }
        return 0;
    }
}
