package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rows that several inputs have in the same window. One window gathers the rows of all streams in the order in
 * which they come; when it fires, the rows of the first input are joined with those of the second, the result with those of
 * the third, and so on. Hands on results whose rows have the columns of all inputs, one after the other, then the columns
 * that a {@link Window} adds. A row that has no partner has NULL for the columns of the other input.
 *
 * <p>Inputs after those that are joined are only looked at, by a {@link GatheredJoin}; their columns are missing in all rows.
 *
 * <p>Expressions of the window and of the steps see the columns of all inputs; those of other inputs than the row's own are
 * NULL in expressions of the window.
 *
 * @param window null where the only stream is joined with tables for each row
 * @param steps one for each input after the first that is joined
 */
public record WindowJoin(List<Input> inputNodes, @Nullable WindowSpec window, List<Step> steps) implements PlanNode {
    /**
     * An input of the join.
     *
     * @param retain 0 for a stream; for a table, how many of its last rows are kept, apart from the window
     * @param gathered the name by which a {@link GatheredJoin} looks at its rows; null if none does
     */
    public record Input(PlanNode node, int retain, @Nullable String gathered) {
        public Input(PlanNode node, int retain) {
            this(node, retain, null);
        }

        public boolean isTable() {
            return retain > 0;
        }
    }

    /** How the next input is joined to what is there. */
    public record Step(JoinKind kind, Expression condition) {}

    public WindowJoin {
        inputNodes = List.copyOf(inputNodes);
        steps = List.copyOf(steps);
        if (steps.size() >= inputNodes.size()) {
            throw new IllegalArgumentException(steps.size() + " steps for " + inputNodes.size() + " inputs");
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return inputNodes.stream().map(Input::node).toList();
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>();
        inputNodes.forEach(input -> columns.addAll(input.node().output()));
        columns.addAll(Window.COLUMNS);
        return columns;
    }

    @Override
    public String describe() {
        Stream<String> joined = steps.stream()
                .map(step -> step.kind().name().toLowerCase(Locale.ROOT)
                        + (step.kind() == JoinKind.CROSS ? "" : " on " + step.condition()));
        Stream<String> gathered = inputNodes.stream()
                .map(Input::gathered)
                .filter(Objects::nonNull)
                .map(name -> "gathering " + name);
        return "WindowJoin " + Stream.concat(joined, gathered).collect(Collectors.joining(", "))
                + (window == null ? "" : " in " + window);
    }
}
