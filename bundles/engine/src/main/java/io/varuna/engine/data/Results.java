package io.varuna.engine.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some results in order; each one is a list of rows that belong together. Thread-safe. What was made of columns is valid as
 * long as those, unless it is {@linkplain #kept kept}.
 */
public final class Results {
    private final @Nullable OutputColumns columns;
    private final boolean together;
    private final boolean borrowed;
    private @Nullable List<List<OutputRow>> results;
    private @Nullable Results kept;

    public Results(List<List<OutputRow>> results) {
        this.results = List.copyOf(results);
        this.columns = null;
        this.together = false;
        this.borrowed = false;
    }

    private Results(OutputColumns columns, boolean together, boolean borrowed) {
        this.columns = columns;
        this.together = together;
        this.borrowed = borrowed;
    }

    /** Shows each row as a result of its own. */
    public static Results of(OutputColumns columns) {
        return new Results(columns, false, true);
    }

    /** Shows rows, which stay valid, as one result. */
    public static Results ofOne(OutputColumns columns) {
        return new Results(columns, true, false);
    }

    /** Returns the results as columns, or null where there are none: then there are only {@link #results}. */
    public @Nullable OutputColumns columns() {
        return columns;
    }

    /** Tells whether the rows of the columns are one result, not one each. */
    public boolean together() {
        return together;
    }

    /** Returns the same results for as long as wanted. */
    public synchronized Results kept() {
        OutputColumns given = columns;
        if (given == null || !borrowed) {
            return this;
        }
        if (kept == null) {
            kept = new Results(given.copy(), false, false);
        }
        return kept;
    }

    /**
     * Returns the results of several, in order; as columns only where all of them are and their rows look alike.
     *
     * @param parts at least one
     */
    public static Results together(List<Results> parts) {
        Results first = parts.get(0);
        List<OutputColumns> alike = new ArrayList<>();
        for (Results part : parts) {
            if (part.columns != null && first.isLike(part)) {
                alike.add(part.columns);
            }
        }
        if (alike.size() == parts.size()) {
            return new Results(OutputColumns.together(alike), false, false);
        }
        List<List<OutputRow>> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.results()));
        return new Results(all);
    }

    /** Tells whether both are columns whose rows look alike, each of them a result. */
    public boolean isLike(Results other) {
        OutputColumns own = columns;
        return !together && !other.together && own != null && other.columns != null && own.isLike(other.columns);
    }

    public synchronized List<List<OutputRow>> results() {
        List<List<OutputRow>> made = results;
        OutputColumns given = columns;
        if (made == null && given != null) {
            List<OutputRow> rows = given.rows();
            made = together ? List.of(rows) : rows.stream().map(List::of).toList();
            results = made;
        }
        return made == null ? List.of() : made;
    }

    /** Returns the number of rows of all results. */
    public int size() {
        if (columns != null) {
            return columns.size();
        }
        int size = 0;
        for (List<OutputRow> result : results()) {
            size += result.size();
        }
        return size;
    }

    public boolean isEmpty() {
        return columns == null ? results().isEmpty() : columns.size() == 0;
    }

    /** Tells whether some result has no rows. */
    public boolean someEmpty() {
        return columns == null && results().stream().anyMatch(List::isEmpty);
    }

    /** Returns all rows in order. */
    public synchronized List<OutputRow> rows() {
        OutputColumns given = columns;
        if (given != null && results == null) {
            return given.rows();
        }
        List<OutputRow> rows = new ArrayList<>(size());
        results().forEach(rows::addAll);
        return rows;
    }
}
