package io.varuna.engine;

import io.varuna.engine.data.PendingResults;
import io.varuna.engine.metric.StepMetrics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what a rule could not work on or deliver, and brings it to those who want to know. */
final class RuleErrors {
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final @Nullable PendingResults results;
    private final AtomicLong dropped = new AtomicLong();

    /** Creates it; errors become results as well if these are given. */
    RuleErrors(DeadLetters deadLetters, Clock clock, @Nullable PendingResults results) {
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.results = results;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    /** Reports a row that failed; under the lock of the rule. */
    void failed(StepMetrics where, Exception cause, Map<String, @Nullable Object> row) {
        where.failed(cause, clock.millis());
        deadLetters.add(where.name(), cause, row);
        putOut(cause);
    }

    /** Makes an error a result, where that is wanted; under the lock of the rule. */
    void putOut(Exception cause) {
        if (results != null) {
            results.add(List.of(ErrorRows.of(cause, clock.millis())));
        }
    }

    /** Counts rows for which a sink had no room. */
    void dropped(int rows) {
        dropped.addAndGet(rows);
    }

    /** Returns how many rows there were for which a sink had no room. */
    long dropped() {
        return dropped.get();
    }

    void writeTo(Map<String, Object> status) {
        status.put("rule_dropped_records_total", dropped.get());
        status.put("rule_dead_letters_total", deadLetters.total());
        status.put("rule_dead_letters_lost_total", deadLetters.undelivered());
    }
}
