package io.varuna.engine.expression;

import io.varuna.plan.Expression;

/** Makes evaluators of queries that stand in expressions. */
@FunctionalInterface
public interface Subqueries {
    /** Returns the value of a query; the compiler makes evaluators of the expressions in it. */
    Evaluator compile(Expression.Subquery query, ExpressionCompiler compiler);
}
