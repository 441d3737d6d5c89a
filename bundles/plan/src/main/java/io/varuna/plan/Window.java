package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers rows into results. Adds three columns: {@code window_start}, {@code window_end} and {@code window_trigger}, in
 * milliseconds since the epoch.
 */
public record Window(PlanNode input, WindowSpec window) implements PlanNode {
    /** The columns that a window adds. */
    public static final List<Column> COLUMNS = List.of(
            new Column("window_start", DataType.BIGINT),
            new Column("window_end", DataType.BIGINT),
            new Column("window_trigger", DataType.BIGINT));

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>(input.output());
        columns.addAll(COLUMNS);
        return columns;
    }

    @Override
    public String describe() {
        return "Window " + window;
    }
}
