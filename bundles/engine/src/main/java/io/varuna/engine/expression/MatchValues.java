package io.varuna.engine.expression;

import io.varuna.plan.Expression.MatchAggregate;
import io.varuna.plan.Expression.RowValue;

/** Makes evaluators of what only expressions of a pattern can have. */
public interface MatchValues {
    /** Returns the value of an expression on another row. */
    Evaluator rowValue(RowValue expression, Evaluator value);

    /** Returns an aggregate over rows of the match. */
    Evaluator aggregate(MatchAggregate expression);

    /** Returns the variable that the row is one of. */
    Evaluator classifier();

    /** Returns the number of the match. */
    Evaluator matchNumber();
}
