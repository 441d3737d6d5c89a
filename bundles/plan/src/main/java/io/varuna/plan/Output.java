package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;
import java.util.stream.Collectors;

/** The root of a plan: which columns of the input are put out, under which names. */
public record Output(PlanNode input, List<OutputColumn> columns) implements PlanNode {
    /** What becomes of a value that is not there. */
    public enum Presence {
        /** A column as it came: NULL is put out, a missing one left out. */
        AS_IS,
        /** An expression: NULL is left out, unless the rule says {@code sendNilField}. */
        NOT_NULL,
        /** A struct whose members are put out as columns. They give way to columns with a name; the first one stays. */
        SPREAD,
        /** What a table function gave: a struct is spread, and goes before other columns; all else is put out by name. */
        UNNESTED
    }

    /** A column that is put out; the name of a spread one is not used. */
    public record OutputColumn(String name, int index, Presence presence) {}

    public Output {
        columns = List.copyOf(columns);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> in = input.output();
        return columns.stream()
                .map(c -> new Column(c.name(), in.get(c.index()).type()))
                .toList();
    }

    @Override
    public String describe() {
        return "Output "
                + columns.stream()
                        .map(c -> c.presence() == Presence.SPREAD ? "*" : ExpressionText.name(c.name()))
                        .collect(Collectors.joining(", "));
    }
}
