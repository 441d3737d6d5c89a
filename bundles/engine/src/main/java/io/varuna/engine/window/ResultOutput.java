package io.varuna.engine.window;

import io.varuna.engine.aggregate.Groups;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.step.Step;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the results of windows on to the next step: a few rows as they are, those of many groups in portions of columns, where
 * the steps after the window take that.
 */
final class ResultOutput {
    /** So many groups are worth columns. */
    private static final int MANY = 512;

    private static final int PORTION = 1_024;

    private final StepMetrics metrics;
    private final BiConsumer<Exception, @Nullable Object[]> trouble;
    private final Step next;
    private final RowBatch rows = new RowBatch();

    /**
     * Creates the output.
     *
     * @param trouble told of groups that have no result
     */
    ResultOutput(StepMetrics metrics, BiConsumer<Exception, @Nullable Object[]> trouble, Step next) {
        this.metrics = metrics;
        this.trouble = trouble;
        this.next = next;
    }

    /** Hands on the result of a window. */
    void emit(Content content, Bounds bounds) {
        Groups groups = content.groups(trouble);
        if (groups == null) {
            content.emit(bounds, rows, trouble);
        } else if (groups.size() >= MANY && next.takesPortions()) {
            portions(groups, bounds);
            return;
        } else {
            GroupedRows.emit(groups, bounds, rows, trouble);
        }
        metrics.out(rows.size());
        next.result(rows.trigger(bounds.trigger()));
        rows.clear();
    }

    private void portions(Groups groups, Bounds bounds) {
        RecordColumns portion = new RecordColumns(PORTION + 1);
        portion.begin(groups.width() + Content.WINDOW_COLUMNS, null);
        portion.arrival(bounds.trigger(), Map.of());
        for (int from = 0; from < groups.size(); ) {
            int end = groups.results(from, PORTION, portion, trouble);
            bounds.writeTo(portion, groups.width());
            metrics.out(portion.size());
            next.portion(portion.batch(), from == 0, end == groups.size());
            portion.truncate(0);
            portion.release();
            from = end;
        }
    }
}
