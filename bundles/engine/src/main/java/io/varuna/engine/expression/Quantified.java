package io.varuna.engine.expression;

import io.varuna.api.data.Conversions;
import io.varuna.plan.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a value with the elements of a list, as ANY and ALL of SQL do. */
final class Quantified extends Evaluator {
    private final Operator comparison;
    private final boolean all;
    private final Evaluator operand;
    private final Evaluator members;
    private final Surroundings surroundings;

    private Quantified(
            Operator comparison, boolean all, Evaluator operand, Evaluator members, Surroundings surroundings) {
        this.comparison = comparison;
        this.all = all;
        this.operand = operand;
        this.members = members;
        this.surroundings = surroundings;
    }

    /**
     * Creates the evaluator.
     *
     * @param all whether the comparison has to be true of all elements, otherwise of one
     */
    static Evaluator of(
            Operator comparison, boolean all, Evaluator operand, Evaluator members, Surroundings surroundings) {
        return new Quantified(comparison, all, operand, members, surroundings);
    }

    @Override
    public @Nullable Object value(@Nullable Object[] row, long time) throws Exception {
        Object value = operand.value(row, time);
        Object list = members.value(row, time);
        if (list == null) {
            return unknown();
        }
        if (!(list instanceof List<?> elements)) {
            throw failure((all ? "ALL" : "ANY") + " takes a list, not " + Conversions.describe(list));
        }
        boolean anyUnknown = false;
        for (Object element : elements) {
            if (value == null || element == null) {
                anyUnknown = true;
            } else if (Comparison.compare(comparison, value, element, surroundings.zonedClock()) != all) {
                // one decides
                return !all;
            }
        }
        return anyUnknown ? unknown() : (Boolean) all;
    }

    private @Nullable Boolean unknown() {
        return surroundings.twoValued() ? Boolean.FALSE : null;
    }
}
