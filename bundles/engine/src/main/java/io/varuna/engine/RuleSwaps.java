package io.varuna.engine;

import io.varuna.engine.data.PendingResults;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.watch.Successors;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The swaps of a rule: one at a time, with the functions that are on trial. */
final class RuleSwaps {
    private final RuleTask rule;
    private final RuleSite site;
    private @Nullable RuleSwap underWay;
    private volatile @Nullable FunctionTrial trial;
    private volatile boolean tablesOnTrial;
    /** What was before the batch that is in the steps now; null if nothing on trial may keep it there. */
    private volatile @Nullable Kept beforeBatch;

    RuleSwaps(RuleTask rule, RuleSite site) {
        this.rule = rule;
        this.site = site;
    }

    CompletableFuture<SwapReport> begin(PluginView view, Duration health) {
        PluginAccess access = site.access().apply(view);
        SwapParts parts = new SwapParts(rule, view, access, this, new Successors(rule.time()));
        RuleSwap next = new RuleSwap(rule, access, this, parts::differing);
        synchronized (this) {
            if (underWay != null || rule.isOver()) {
                String why = rule.isOver() ? "the rule has been stopped" : "another swap is under way";
                return CompletableFuture.completedFuture(new SwapReport(false, why, Duration.ZERO));
            }
            underWay = next;
        }
        rule.time().execute(() -> next.run(health));
        rule.time().settle();
        return next.report();
    }

    /** Learns that a swap is at its end. */
    synchronized void ended() {
        underWay = null;
        tablesOnTrial = false;
    }

    /** Learns that a lookup table is on trial, until the swap ends. */
    void triesTables() {
        tablesOnTrial = true;
    }

    /** Returns what was before the batch that is in the steps now; null if nothing on trial may keep it there. */
    @Nullable
    Kept beforeBatch() {
        return beforeBatch;
    }

    /** Runs the steps for one batch; under the lock of the rule. */
    void runSteps(Runnable steps) {
        FunctionTrial current = trial;
        if (current == null && !tablesOnTrial) {
            steps.run();
            return;
        }
        try {
            if (current == null) {
                beforeBatch = rule.checkpoints().keep();
                steps.run();
            } else {
                current.run(
                        steps,
                        state -> beforeBatch = rule.checkpoints().keep(state),
                        rule.watch()::again,
                        rule.errors()::failed);
            }
        } finally {
            beforeBatch = null;
        }
    }

    /** Takes a row that failed, if a batch is on trial; under the lock of the rule. */
    boolean collect(StepMetrics where, Exception cause, Map<String, @Nullable Object> row) {
        FunctionTrial current = trial;
        return current != null && current.collect(where, cause, row);
    }

    /** Has the functions of other versions take over a state within steps that nothing flows through. */
    Pipeline rehearse(Assembly assembly, PluginAccess access, PluginView view, byte[] state) {
        Pipeline rehearsed = new PipelineBuilder(
                        rule.spec(),
                        assembly,
                        access,
                        view.versions(),
                        site.surroundings(),
                        (where, cause, row) -> {},
                        new PendingResults(),
                        new LateRecords(false))
                .build();
        rehearsed.load(new StateInput(state));
        return rehearsed;
    }

    /** Exchanges functions for a trial. */
    void tryFunctions(Map<String, String> versions) {
        rule.lock().lockedInTime(() -> trial = FunctionTrial.begin(rule.pipeline(), versions));
    }

    /** Ends the trial of functions; {@code back} returns to the former ones. */
    void endTrial(boolean back) {
        rule.lock().lockedInTime(() -> {
            FunctionTrial current = trial;
            trial = null;
            if (current != null && back) {
                current.back();
            }
            return back;
        });
    }

    Optional<String> trialTrouble() {
        FunctionTrial current = trial;
        return current == null ? Optional.empty() : current.trouble();
    }
}
