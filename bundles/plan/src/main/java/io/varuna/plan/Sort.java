package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;
import java.util.stream.Collectors;

/** Sorts the rows of each result. NULL comes last. */
public record Sort(PlanNode input, List<Key> keys) implements PlanNode {
    /** What is sorted by. */
    public record Key(Expression expression, boolean descending) {
        @Override
        public String toString() {
            return expression + (descending ? " DESC" : "");
        }
    }

    public Sort {
        keys = List.copyOf(keys);
    }

    static String text(List<Key> keys) {
        return keys.stream().map(Key::toString).collect(Collectors.joining(", "));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public List<Column> output() {
        return input.output();
    }

    @Override
    public String describe() {
        return "Sort " + text(keys);
    }
}
