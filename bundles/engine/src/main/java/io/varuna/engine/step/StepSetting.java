package io.varuna.engine.step;

import io.varuna.api.data.Column;
import io.varuna.engine.metric.StepMetrics;
import java.time.Clock;
import java.util.List;

/**
 * What every step needs.
 *
 * @param input the columns of the rows that come
 */
public record StepSetting(StepMetrics metrics, Trouble trouble, Clock clock, List<Column> input) {
    public StepSetting {
        input = List.copyOf(input);
    }
}
