package io.varuna.engine;

import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.time.Alarm;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a rule to its end, once, and tells those who want to know. Thread-safe. */
final class RuleEnd {
    private static final Logger LOGGER = LoggerFactory.getLogger(RuleEnd.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_ABORT = Duration.ofMillis(200);

    private final RuleTask rule;
    private final RuleListener listener;
    private final Consumer<RunningRule> onEnd;
    private final AtomicBoolean told = new AtomicBoolean();
    private boolean stopped;

    RuleEnd(RuleTask rule, RuleListener listener, Consumer<RunningRule> onEnd) {
        this.rule = rule;
        this.listener = listener;
        this.onEnd = onEnd;
    }

    /** Ends the rule because there is no more, or because it cannot go on. Does nothing, and says so, if it is ending. */
    boolean begin(@Nullable Exception cause) {
        return begin(cause, false, () -> {
            if (cause == null) {
                listener.ended("done");
            } else {
                listener.failed(cause);
            }
        });
    }

    /** Ends the rule because a plugin that is on trial keeps it. Does nothing if it is ending. */
    void giveUp(Exception cause) {
        begin(cause, true, () -> listener.givenUp(cause));
    }

    private boolean begin(@Nullable Exception cause, boolean forAWhile, Runnable telling) {
        if (told.getAndSet(true)) {
            return false;
        }
        if (cause != null) {
            LOGGER.warn("Rule '{}' cannot go on: {}", rule.spec().id(), cause.getMessage());
        }
        Runnable report = once(telling);
        // a plugin that does not come back may not come back from being closed, either
        Alarm late = rule.time().schedule(rule.time().clock().instant().plus(PATIENCE.multipliedBy(2)), report);
        rule.time().execute(() -> {
            finish(PATIENCE, forAWhile);
            late.cancel();
            report.run();
        });
        return true;
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.getAndSet(true)) {
                action.run();
            }
        };
    }

    /** Ends the rule because somebody wants it, without telling the listener. */
    void stop(Duration patience) {
        told.set(true);
        finish(patience, false);
    }

    /** The same, but the state is kept for the next start. */
    void pause(Duration patience) {
        told.set(true);
        finish(patience, true);
    }

    private synchronized void finish(Duration patience, boolean forAWhile) {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            shutDown(patience, forAWhile);
        } finally {
            onEnd.accept(rule);
        }
    }

    private void shutDown(Duration patience, boolean forAWhile) {
        long deadline = System.nanoTime() + patience.toNanos();
        Alarm limit = rule.time().wake(rule.time().clock().instant().plus(patience), rule::abort);
        boolean left = leave(patience);
        rule.checkpoints().end();
        save(left, forAWhile, deadline);
        rule.sources().forEach(source -> source.close(!left));
        limit.cancel();
        rule.abort();
        rule.sinks().forEach(SinkRunner::close);
        rule.deadLetterSinks().forEach(SinkRunner::close);
        rule.pipeline().lookups().forEach(LookupTable::close);
        rule.closed();
    }

    /** Leaves what comes from now on to the next start; false if a plugin keeps the batch that is under way. */
    private boolean leave(Duration patience) {
        boolean known = rule.swaps().beforeBatch() != null;
        // with the state of before, the rule goes on all the same, and the rest of the time is for the sinks
        boolean left = rule.leave(known ? patience.dividedBy(4) : patience);
        if (!left && !known) {
            // who keeps the batch may only wait for a sink that takes nothing
            rule.abort();
            left = rule.leave(AFTER_ABORT);
        }
        if (!left) {
            LOGGER.warn(
                    "Rule '{}': a plugin keeps the last batch; the rule ends without it",
                    rule.spec().id());
        }
        return left;
    }

    private @Nullable Kept keep() {
        try {
            // the rule starts again with the functions that it had before a trial
            rule.swaps().endTrial(true);
        } catch (RuntimeException e) {
            LOGGER.warn(
                    "Rule '{}': its functions could not be taken back",
                    rule.spec().id(),
                    e);
        }
        return rule.checkpoints().keep();
    }

    private void save(boolean left, boolean forAWhile, long deadline) {
        if (forAWhile && !rule.checkpoints().areDurable()) {
            Kept kept = left ? keep() : rule.swaps().beforeBatch();
            if (kept != null) {
                rule.checkpoints().last(kept, deadline);
                return;
            }
        }
        if (left && !rule.lacksResults()) {
            rule.checkpoints().last(forAWhile || rule.spec().options().saveStateAtStop(), deadline);
        }
    }
}
