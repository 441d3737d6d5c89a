package io.varuna.engine;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.engine.sink.SinkRunner;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.watch.Busy;
import java.time.Duration;
import java.util.Optional;

/** Suspends a rule that a plugin keeps for longer than its option {@code pluginTimeout} allows. */
final class RuleWatch {
    /** For how many times the budget of a function a source or sink may wait for another system. */
    static final int FAR_BUDGETS = 10;

    private final RuleTask rule;
    private final Busy steps = new Busy();
    /** Whether the thread that is at work was interrupted, though it is to go on afterwards. */
    private volatile boolean nudged;
    /** Whether a swap looks after the steps, which gives up what is on trial and not the rule. */
    private volatile boolean swapping;

    RuleWatch(RuleTask rule) {
        this.rule = rule;
    }

    /** Counts the budget from every answer of a table, which may take its time. */
    void goesOnWith(LookupTable table) {
        table.onAnswer(steps::begin);
    }

    /** Runs the steps for one batch; under the lock of the rule. */
    void run(Runnable batch) {
        steps.begin();
        try {
            batch.run();
        } finally {
            steps.end();
            calm();
        }
    }

    /** Does a batch again, after what was on trial has failed it; under the lock of the rule. */
    void again() {
        calm();
        steps.begin();
    }

    /** Lets the thread go on that was interrupted for the sake of a plugin only. */
    private void calm() {
        if (nudged) {
            nudged = false;
            boolean unused = Thread.interrupted();
        }
    }

    /** Leaves the steps to a swap, or no longer. */
    void swapping(boolean underWay) {
        swapping = underWay;
    }

    /** Returns who has been at a batch, by the system's nano clock, for longer than {@code budget}. */
    Optional<Busy.Overrun> overrun(long now, Duration budget) {
        return steps.overrun(now, budget);
    }

    /** Interrupts who is at a batch; the rule goes on if that helps. */
    void nudge(Busy.Overrun overrun) {
        nudged = true;
        overrun.thread().interrupt();
    }

    /** Looks whether a plugin keeps the rule, by the system's nano clock. */
    void look(long now) {
        Duration budget = rule.spec().options().pluginTimeout();
        if (budget.isZero()) {
            return;
        }
        if (!swapping) {
            steps.overrun(now, budget).ifPresent(overrun -> suspend("a function or lookup table", overrun));
        }
        Duration far = budget.multipliedBy(FAR_BUDGETS);
        for (RuleSource source : rule.sources()) {
            source.source()
                    .overrun(now, far)
                    .ifPresent(overrun -> suspend(
                            "the source of stream '" + source.input().stream().name() + "'", overrun));
        }
        for (SinkRunner sink : rule.sinks()) {
            // a swap looks after what is on trial, which gives up that and not the rule
            if (swapping && sink.slot().isOnTrial()) {
                continue;
            }
            sink.overrun(now, far)
                    .ifPresent(overrun -> suspend("'" + sink.metrics().name() + "'", overrun));
        }
    }

    private void suspend(String what, Busy.Overrun overrun) {
        VarunaException cause = new VarunaException(
                StandardError.PLUGIN_HANGS,
                "The rule is suspended: " + what + " has not come back for "
                        + overrun.time().toSeconds() + " s"
                        + (overrun.place().isEmpty() ? "" : "; it is in " + overrun.place())
                        + ". Mend the plugin, or allow more time by the option 'pluginTimeout', and start the rule again");
        if (rule.end(cause)) {
            overrun.thread().interrupt();
        }
    }
}
