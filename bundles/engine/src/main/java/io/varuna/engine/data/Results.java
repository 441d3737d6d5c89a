package io.varuna.engine.data;

import java.util.ArrayList;
import java.util.List;

/** Some results in order; each one is a list of rows that belong together. Immutable. */
public record Results(List<List<OutputRow>> results) {
    public Results {
        results = List.copyOf(results);
    }

    /** Returns the number of rows of all results. */
    public int size() {
        int size = 0;
        for (List<OutputRow> result : results) {
            size += result.size();
        }
        return size;
    }

    public boolean isEmpty() {
        return results.isEmpty();
    }

    /** Returns all rows in order. */
    public List<OutputRow> rows() {
        List<OutputRow> rows = new ArrayList<>(size());
        results.forEach(rows::addAll);
        return rows;
    }
}
