package io.varuna.engine.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of the steps of a rule and was not delivered yet. Under the lock of the rule. */
public final class PendingResults {
    private final List<List<OutputRow>> results = new ArrayList<>();
    private @Nullable Results inColumns;

    /** Adds a result. */
    public void add(List<OutputRow> result) {
        asRows();
        results.add(result);
    }

    /** Adds rows that are results of their own. They must be {@linkplain #take taken} while their batch is valid. */
    public void add(OutputColumns rows) {
        add(Results.of(rows));
    }

    /** Adds rows that are one result. */
    public void addOne(OutputColumns rows) {
        add(Results.ofOne(rows));
    }

    private void add(Results columns) {
        if (isEmpty()) {
            inColumns = columns;
            return;
        }
        asRows();
        results.addAll(columns.results());
    }

    private void asRows() {
        Results first = inColumns;
        inColumns = null;
        if (first != null) {
            results.addAll(first.results());
        }
    }

    public boolean isEmpty() {
        return inColumns == null && results.isEmpty();
    }

    /** Returns what came out since the last call, and begins anew. */
    public Results take() {
        Results first = inColumns;
        inColumns = null;
        if (first != null) {
            return first;
        }
        Results taken = new Results(results);
        results.clear();
        return taken;
    }
}
