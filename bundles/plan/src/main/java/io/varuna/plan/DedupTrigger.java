package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps each row until the end of the span of time that it names, and adds a column with the parts of the span that no row
 * has named before. Rows come out in the order of these ends.
 *
 * @param start of the span, in milliseconds since the epoch
 * @param end of the span, which is not part of it
 * @param now what time it is for the row
 * @param expire how long a part is remembered, in milliseconds
 */
public record DedupTrigger(PlanNode input, Expression start, Expression end, Expression now, long expire, String name)
        implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        List<Column> columns = new ArrayList<>(input.output());
        columns.add(new Column(name, DataType.array(DataType.ANY)));
        return columns;
    }

    @Override
    public String describe() {
        return "DedupTrigger " + start + " to " + end + " at " + now + " expire " + expire + " ms AS "
                + ExpressionText.name(name);
    }
}
