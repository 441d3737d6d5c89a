package io.varuna.engine;

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
        return begin(cause, () -> {
            if (cause == null) {
                listener.ended("done");
            } else {
                listener.failed(cause);
            }
        });
    }

    /** Ends the rule because a plugin that is on trial keeps it. Does nothing if it is ending. */
    void giveUp(Exception cause) {
        begin(cause, () -> listener.givenUp(cause));
    }

    private boolean begin(@Nullable Exception cause, Runnable telling) {
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
            finish(PATIENCE);
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
        finish(patience);
    }

    private synchronized void finish(Duration patience) {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            rule.shutDown(patience);
        } finally {
            onEnd.accept(rule);
        }
    }
}
