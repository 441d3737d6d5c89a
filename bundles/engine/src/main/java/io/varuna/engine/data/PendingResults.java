package io.varuna.engine.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of the steps of a rule and was not delivered yet. Under the lock of the rule. */
public final class PendingResults {
    private final List<List<OutputRow>> results = new ArrayList<>();
    private @Nullable OutputColumns columns;

    /** Adds a result. */
    public void add(List<OutputRow> result) {
        asRows();
        results.add(result);
    }

    /** Adds rows that are results of their own. They must be {@linkplain #take taken} while their batch is valid. */
    public void add(OutputColumns rows) {
        if (columns == null && results.isEmpty()) {
            columns = rows;
            return;
        }
        asRows();
        results.addAll(Results.of(rows).results());
    }

    private void asRows() {
        OutputColumns first = columns;
        columns = null;
        if (first != null) {
            results.addAll(Results.of(first).results());
        }
    }

    public boolean isEmpty() {
        return columns == null && results.isEmpty();
    }

    /** Returns what came out since the last call, and begins anew. */
    public Results take() {
        OutputColumns first = columns;
        columns = null;
        if (first != null) {
            return Results.of(first);
        }
        Results taken = new Results(results);
        results.clear();
        return taken;
    }
}
