package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;
import java.util.Locale;

/**
 * Makes one result of the results that two inputs have for the same window. The inputs have the same number of columns; the
 * first one names them.
 *
 * @param all whether equal rows count by their number, otherwise each row of the result is there once
 */
public record SetOperation(Kind kind, boolean all, PlanNode left, PlanNode right) implements PlanNode {
    /** Which rows of the inputs the result has. */
    public enum Kind {
        UNION,
        INTERSECT,
        EXCEPT
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public List<Column> output() {
        return left.output();
    }

    @Override
    public String describe() {
        String name = kind.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT) + (all ? " all" : " distinct")
                + " in each window";
    }
}
