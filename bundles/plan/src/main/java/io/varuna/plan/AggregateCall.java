package io.varuna.plan;

import io.varuna.api.data.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of an aggregate function.
 *
 * @param function the name; {@link #FIRST_ROW} and {@link #COUNT_ROWS} are the engine's own
 * @param filter only rows for which this is true are seen; null for all
 * @param distinct whether of rows with equal arguments only the first is seen
 * @param name for people
 */
public record AggregateCall(
        String function,
        List<Expression> arguments,
        @Nullable Expression filter,
        boolean distinct,
        DataType type,
        String name) {
    /** The value of the first row of the group, for columns that are selected beside aggregates. */
    public static final String FIRST_ROW = "$first_row";

    /** The number of rows, for {@code count(*)}. */
    public static final String COUNT_ROWS = "$count_rows";

    public AggregateCall {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
        return function + "(" + (distinct ? "DISTINCT " : "") + PlanText.list(arguments) + ")"
                + (filter == null ? "" : " FILTER (WHERE " + filter + ")");
    }
}
