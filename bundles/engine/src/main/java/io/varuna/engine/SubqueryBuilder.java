package io.varuna.engine;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Subqueries;
import io.varuna.engine.step.GatheredRows;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import io.varuna.engine.step.SubqueryValue;
import io.varuna.plan.Aggregate;
import io.varuna.plan.Expression;
import io.varuna.plan.GatheredJoin;
import io.varuna.plan.OuterRow;
import io.varuna.plan.PlanNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes the steps of queries that stand in expressions. */
final class SubqueryBuilder implements Subqueries {
    private final Clock clock;
    private final GatheredRows gathered;
    private final Function<ExpressionCompiler, StepFactory> steps;

    /**
     * Creates the builder.
     *
     * @param steps makes steps, with the expressions that a compiler makes
     */
    SubqueryBuilder(Clock clock, GatheredRows gathered, Function<ExpressionCompiler, StepFactory> steps) {
        this.clock = clock;
        this.gathered = gathered;
        this.steps = steps;
    }

    @Override
    public Evaluator compile(Expression.Subquery query, ExpressionCompiler compiler) {
        PlanNode last = query.plan().input();
        int column = query.plan().columns().get(0).index();
        List<PlanNode> nodes = new ArrayList<>();
        for (PlanNode node = last;
                !(node instanceof OuterRow);
                node = node.inputs().get(0)) {
            nodes.add(node);
        }
        SubqueryValue.Chain chain = new SubqueryValue.Chain(clock, last.output(), column);
        StepFactory factory = steps.apply(compiler);
        for (PlanNode node : nodes) {
            StepSetting setting = chain.setting(node.inputs().get(0).output());
            Step after = chain.first();
            chain.before(factory.step(node, setting, after));
            if (node instanceof Aggregate aggregate && aggregate.keys().isEmpty()) {
                chain.emptyToo(setting, aggregate, new AggregateCalls(aggregate.calls(), compiler), after);
            }
        }
        boolean same = query.parameters().isEmpty() && nodes.get(nodes.size() - 1) instanceof GatheredJoin;
        return new SubqueryValue(query.result(), compiler.compile(query.parameters()), chain, gathered, same);
    }
}
