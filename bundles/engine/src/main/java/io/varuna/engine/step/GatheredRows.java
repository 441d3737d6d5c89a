package io.varuna.engine.step;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that joins have at hand, by the names of their inputs, for the queries that look at them. */
public final class GatheredRows {
    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private long changes;

    /** The rows of one input of a join: those of the window that closes, or the last ones of a table. */
    public final class Input {
        private final int offset;
        private final List<String> columns;
        private Collection<@Nullable Object[]> rows = List.of();

        private Input(int offset, List<String> columns) {
            this.offset = offset;
            this.columns = List.copyOf(columns);
        }

        /** Replaces the rows, or tells that there are others in the same collection. */
        void show(Collection<@Nullable Object[]> shown) {
            rows = shown;
            changes++;
        }

        Collection<@Nullable Object[]> rows() {
            return rows;
        }

        /** Returns where the values of columns are in the rows. */
        int[] places(List<String> names) {
            return names.stream()
                    .mapToInt(name -> offset + columns.indexOf(name))
                    .toArray();
        }
    }

    /**
     * Adds an input.
     *
     * @param offset the place of its first column in the rows
     */
    public void add(String name, int offset, List<String> columns) {
        inputs.put(name, new Input(offset, columns));
    }

    /** Returns the input with a name. */
    public Input input(String name) {
        Input input = inputs.get(name);
        if (input == null) {
            throw new IllegalStateException("No join gathers '" + name + "'");
        }
        return input;
    }

    /** Counts how often rows of any input have changed. */
    long changes() {
        return changes;
    }
}
