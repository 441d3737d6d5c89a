package io.varuna.engine;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.data.OutputRow;
import io.varuna.engine.data.Results;
import io.varuna.engine.sink.SinkRunner;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the records go that a rule cannot deal with: counted, logged now and then, sent to its {@code onError} actions. */
final class DeadLetters {
    /** The columns of what the actions get. */
    static final Schema SCHEMA = Schema.of(
            new Column("rule", DataType.VARCHAR),
            new Column("step", DataType.VARCHAR),
            new Column("code", DataType.VARCHAR),
            new Column("error", DataType.VARCHAR),
            new Column("time", DataType.BIGINT),
            new Column("record", DataType.ANY));

    private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetters.class);
    private static final long LOG_EVERY = 10_000;

    private final String ruleId;
    private final Clock clock;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong undelivered = new AtomicLong();
    private List<SinkRunner> sinks = List.of();
    private long lastLogged = Long.MIN_VALUE;
    private long unlogged;

    DeadLetters(String ruleId, Clock clock) {
        this.ruleId = ruleId;
        this.clock = clock;
    }

    synchronized void sendTo(List<SinkRunner> runners) {
        sinks = List.copyOf(runners);
    }

    long total() {
        return total.get();
    }

    /** Returns how many could not be given to an action either. */
    long undelivered() {
        return undelivered.get();
    }

    /**
     * Takes a record.
     *
     * @param step where it failed
     * @param record its columns, or what is known of it as text
     */
    synchronized void add(String step, Exception cause, @Nullable Object record) {
        total.incrementAndGet();
        String message = message(cause);
        log(step, message);
        if (sinks.isEmpty()) {
            return;
        }
        long now = clock.millis();
        String code = cause instanceof VarunaException failure
                ? failure.code().name()
                : StandardError.EVALUATION_FAILED.name();
        OutputRow row = new OutputRow(SCHEMA, new @Nullable Object[] {ruleId, step, code, message, now, record}, now);
        Results results = new Results(List.of(List.of(row)));
        for (SinkRunner sink : sinks) {
            try {
                sink.accept(results, false);
            } catch (InterruptedException e) {
                // these sinks never wait: the rule is being stopped
                undelivered.incrementAndGet();
            }
        }
    }

    void lost(int rows) {
        undelivered.addAndGet(rows);
    }

    static String message(Exception cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private void log(String step, String message) {
        long now = clock.millis();
        if (lastLogged != Long.MIN_VALUE && now - lastLogged < LOG_EVERY) {
            unlogged++;
            return;
        }
        lastLogged = now;
        LOGGER.warn(
                "Rule '{}': {}: {}{}",
                ruleId,
                step,
                message,
                unlogged == 0 ? "" : " (" + unlogged + " more since the last message)");
        unlogged = 0;
    }
}
