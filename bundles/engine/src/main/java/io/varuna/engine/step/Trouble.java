package io.varuna.engine.step;

import io.varuna.engine.metric.StepMetrics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where rows go that cannot be evaluated. */
@FunctionalInterface
public interface Trouble {
    /**
     * Counts and reports a row; the rule goes on with the next.
     *
     * @param where the step that failed
     * @param row the columns as far as they are known
     */
    void rowFailed(StepMetrics where, Exception cause, Map<String, @Nullable Object> row);
}
