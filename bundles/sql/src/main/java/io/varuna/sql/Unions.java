package io.varuna.sql;

import io.varuna.api.data.Column;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Output;
import io.varuna.plan.Output.OutputColumn;
import io.varuna.plan.Output.Presence;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Project;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Union;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts plans together whose rows are one stream from then on. */
final class Unions {
    private Unions() {}

    /** Returns the plan of both, with the names of the first; empty where their columns do not match. */
    static Optional<RulePlan> all(RulePlan first, RulePlan second) {
        List<OutputColumn> columns = first.root().columns();
        List<OutputColumn> others = second.root().columns();
        if (columns.size() != others.size()) {
            return Optional.empty();
        }
        List<OutputColumn> together = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Presence presence = columns.get(i).presence();
            Presence other = others.get(i).presence();
            boolean spread = presence == Presence.SPREAD || presence == Presence.UNNESTED;
            boolean otherSpread = other == Presence.SPREAD || other == Presence.UNNESTED;
            if (spread != otherSpread || (spread && presence != other)) {
                return Optional.empty();
            }
            // a NULL is put out only where it would be by both
            together.add(new OutputColumn(columns.get(i).name(), i, presence == other ? presence : Presence.NOT_NULL));
        }
        List<PlanNode> inputs = new ArrayList<>();
        inputs.addAll(branches(first.root()));
        inputs.addAll(branches(second.root()));
        return Optional.of(new RulePlan(
                first.dialect(),
                new Output(new Union(inputs), together),
                merged(first.streams(), second.streams()),
                merged(first.functions(), second.functions())));
    }

    /** Returns the inputs of a union of unions, or else what the output shows, in its order. */
    private static List<PlanNode> branches(Output output) {
        if (output.input() instanceof Union union) {
            return union.inputs();
        }
        List<Column> available = output.input().output();
        List<Expression> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (OutputColumn column : output.columns()) {
            Column found = available.get(column.index());
            expressions.add(new InputColumn(column.index(), found.name(), found.type()));
            names.add(column.name());
        }
        return List.of(new Project(output.input(), expressions, names));
    }

    private static List<String> merged(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
}
