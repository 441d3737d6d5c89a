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
import io.varuna.plan.SetOperation;
import io.varuna.plan.Union;
import io.varuna.plan.Window;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowJoin;
import io.varuna.plan.WindowSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Puts plans together whose rows are one stream from then on. */
final class Unions {
    private Unions() {}

    /** Returns the plan of both, with the names of the first; empty where their columns do not match. */
    static Optional<RulePlan> all(RulePlan first, RulePlan second) {
        List<PlanNode> inputs = new ArrayList<>();
        inputs.addAll(branches(first.root()));
        inputs.addAll(branches(second.root()));
        return together(first, second, new Union(inputs));
    }

    /** Returns the plan of what both have in each window, likewise. */
    static Optional<RulePlan> inWindows(SetOperation.Kind kind, boolean all, RulePlan first, RulePlan second) {
        return together(first, second, new SetOperation(kind, all, shown(first.root()), shown(second.root())));
    }

    /** Tells whether all rows of both come in windows that close at the same times. */
    static boolean sameWindows(RulePlan first, RulePlan second) {
        Set<Optional<WindowSpec>> windows = new HashSet<>();
        addWindows(first.root(), windows);
        addWindows(second.root(), windows);
        return windows.size() == 1 && windows.iterator().next().isPresent();
    }

    /** Adds the windows that are the last on the way of rows; none for rows that come one by one, or as they please. */
    private static void addWindows(PlanNode node, Set<Optional<WindowSpec>> windows) {
        WindowSpec window = null;
        if (node instanceof Window last) {
            window = last.window();
        } else if (node instanceof WindowAggregate last) {
            window = last.window();
        } else if (node instanceof WindowJoin join) {
            window = join.window();
        }
        if (window != null) {
            boolean aligned = window.kind() == WindowSpec.Kind.TUMBLING || window.kind() == WindowSpec.Kind.HOPPING;
            // a tumbling window closes as a hopping one does that is as long as it hops
            windows.add(
                    aligned
                            ? Optional.of(WindowReader.spec(
                                    WindowSpec.Kind.HOPPING, window.unit(), window.slide(), window.slide(), 0))
                            : Optional.empty());
        } else if (node.inputs().isEmpty()) {
            windows.add(Optional.empty());
        } else {
            node.inputs().forEach(input -> addWindows(input, windows));
        }
    }

    private static Optional<RulePlan> together(RulePlan first, RulePlan second, PlanNode node) {
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
        return Optional.of(new RulePlan(
                first.dialect(),
                new Output(node, together),
                merged(first.streams(), second.streams()),
                merged(first.functions(), second.functions())));
    }

    /** Returns the inputs of a union of unions, or else the only one. */
    private static List<PlanNode> branches(Output output) {
        return output.input() instanceof Union union ? union.inputs() : List.of(shown(output));
    }

    /** Returns what the output shows, in its order. */
    private static PlanNode shown(Output output) {
        List<Column> available = output.input().output();
        List<Expression> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (OutputColumn column : output.columns()) {
            Column found = available.get(column.index());
            expressions.add(new InputColumn(column.index(), found.name(), found.type()));
            names.add(column.name());
        }
        return new Project(output.input(), expressions, names);
    }

    private static List<String> merged(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }
}
