package io.varuna.engine.match;

import io.varuna.plan.Expression;
import io.varuna.plan.Expression.ContextValue;
import io.varuna.plan.Expression.RowValue;
import io.varuna.plan.MatchRecognize;
import java.util.ArrayList;
import java.util.List;

/**
 * What the expressions of a pattern need to be kept.
 *
 * @param back how many rows before a match they see
 * @param numbered whether they count matches
 */
record PatternReach(int back, boolean numbered) {
    static PatternReach of(MatchRecognize plan) {
        List<Expression> open = new ArrayList<>(plan.measures());
        plan.variables().forEach(variable -> {
            Expression condition = variable.condition();
            if (condition != null) {
                open.add(condition);
            }
        });
        int back = 0;
        boolean numbered = false;
        while (!open.isEmpty()) {
            Expression expression = open.remove(open.size() - 1);
            if (expression instanceof RowValue row) {
                back = Math.max(back, row.back());
            }
            numbered |= expression instanceof ContextValue value && value.kind() == ContextValue.Kind.MATCH_NUMBER;
            open.addAll(expression.children());
        }
        return new PatternReach(back, numbered);
    }
}
