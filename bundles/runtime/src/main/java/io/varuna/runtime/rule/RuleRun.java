package io.varuna.runtime.rule;

import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs of one rule, or ran last. Changed by commands of the rule; read by any thread. */
final class RuleRun {
    private static final Logger LOG = LoggerFactory.getLogger(RuleRun.class);

    private final RuleSite site;
    private final Tails tails = new Tails();
    private volatile @Nullable RunningRule instance;
    /** Who is told how it ends; null if nothing runs. Seen by commands only. */
    private @Nullable RuleListener listener;

    RuleRun(RuleSite site) {
        this.site = site;
    }

    Tails tails() {
        return tails;
    }

    /** Tells whether something runs. For commands only. */
    boolean isRunning() {
        return listener != null;
    }

    /** Tells whether what runs is that of a listener. For commands only. */
    @SuppressWarnings("ReferenceEquality") // each start has one of its own
    boolean isOf(RuleListener told) {
        return listener == told;
    }

    /** Returns what runs now. For commands only. */
    Optional<RunningRule> current() {
        return isRunning() ? instance() : Optional.empty();
    }

    /** Returns what runs, or ran last. */
    Optional<RunningRule> instance() {
        return Optional.ofNullable(instance);
    }

    /** Starts the rule; throws if that is not possible now. */
    void start(RuleDefinition definition, RuleListener told) {
        listener = told;
        RunningRule started;
        try {
            started = site.engine()
                    .start(site.compiler().spec(definition), site.compiler().view(definition), told);
        } catch (RuntimeException | Error e) {
            // an Error too, such as a class that a plugin lacks: nothing runs, so the rule can be started again
            listener = null;
            throw e;
        }
        instance = started;
        tails.started(started);
    }

    /**
     * Ends what runs.
     *
     * @param how ends it, within a patience
     */
    void end(BiConsumer<RunningRule, Duration> how, Duration patience) {
        RunningRule running = instance;
        if (listener != null && running != null) {
            listener = null;
            try {
                how.accept(running, patience);
            } catch (RuntimeException e) {
                LOG.warn("Rule '{}' did not stop in order", running.spec().id(), e);
            }
        }
    }

    /** Learns that nothing runs any more. */
    void closed() {
        listener = null;
        tails.stopped();
    }

    /** Forgets where a rule was that had to wait, unless its options keep that also when somebody stops it. */
    void forget(RuleDefinition definition) {
        if (!definition.keepsState()) {
            site.engine().forget(definition.document().id());
        }
    }
}
