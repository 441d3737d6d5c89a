package io.varuna.sql;

import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RunningAggregate;
import io.varuna.sql.PlanBuilder.Built;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/** Plans aggregates over the rows before each row: a step for all that see the same rows. */
final class RunningAggregates {
    private final ExpressionBuilder expressions;
    private final Built input;
    private int number;

    RunningAggregates(ExpressionBuilder expressions, Built input) {
        this.expressions = expressions;
        this.input = input;
    }

    /** The rows that a call sees. */
    private record Seen(List<Expression> partitionBy, RunningAggregate.Frame frame) {
        Seen {
            partitionBy = List.copyOf(partitionBy);
        }
    }

    /** Adds what some expressions ask for to the input. */
    PlanNode add(List<RexNode> nodes) {
        Map<Seen, List<RexCall>> calls = new LinkedHashMap<>();
        ExpressionBuilder.calls(nodes, Meaning.OverRows.class)
                .forEach(call -> calls.computeIfAbsent(seen(call), seen -> new ArrayList<>())
                        .add(call));
        PlanNode node = input.node();
        for (Map.Entry<Seen, List<RexCall>> seen : calls.entrySet()) {
            int first = node.output().size();
            List<AggregateCall> aggregates = new ArrayList<>();
            for (RexCall call : seen.getValue()) {
                AggregateCall aggregate = aggregate(call);
                InputColumn column = new InputColumn(first + aggregates.size(), aggregate.name(), aggregate.type());
                expressions.analysed(call, column);
                aggregates.add(aggregate);
            }
            Seen rows = seen.getKey();
            node = new RunningAggregate(node, rows.partitionBy(), rows.frame(), aggregates);
        }
        return node;
    }

    private static Meaning.OverRows meaning(RexCall call) {
        if (ExpressionBuilder.meaning(call) instanceof Meaning.OverRows meaning) {
            return meaning;
        }
        throw new IllegalArgumentException(call.toString());
    }

    private Seen seen(RexCall call) {
        List<RexNode> partitionBy = Calls.rest(call.getOperands(), firstPartition(call));
        return new Seen(expressions.all(partitionBy, input), meaning(call).frame());
    }

    private static int firstPartition(RexCall call) {
        return call.getOperands().size() - meaning(call).partitions();
    }

    private AggregateCall aggregate(RexCall call) {
        Meaning.OverRows meaning = meaning(call);
        return expressions.over(
                meaning.function(),
                expressions.all(call.getOperands().subList(0, firstPartition(call)), input),
                meaning.filtered(),
                meaning.distinct(),
                Types.fromCalcite(call.getType()),
                "$over" + ++number);
    }
}
