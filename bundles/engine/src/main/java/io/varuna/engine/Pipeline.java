package io.varuna.engine;

import io.varuna.engine.data.PendingResults;
import io.varuna.engine.data.Results;
import io.varuna.engine.expression.Bindings;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.engine.step.DelayingStep;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.Watermark;
import io.varuna.engine.window.WindowStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a rule, joined together. Under the lock of the rule. */
final class Pipeline {
    private final List<ScanInput> inputs = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<WindowStep> windows = new ArrayList<>();
    private final List<DelayingStep> delays = new ArrayList<>();
    private final List<LookupTable> lookups = new ArrayList<>();
    private final @Nullable Watermark watermark;
    private final boolean stepwise;
    private final Bindings bindings;
    private final PendingResults results;

    /**
     * Creates an empty pipeline.
     *
     * @param stepwise whether the clock may not be behind the rows; see {@link #catchUp}
     * @param results where its last step puts what comes out
     */
    Pipeline(@Nullable Watermark watermark, boolean stepwise, Bindings bindings, PendingResults results) {
        this.watermark = watermark;
        this.stepwise = stepwise;
        this.bindings = bindings;
        this.results = results;
    }

    void add(Step step) {
        steps.add(step);
        if (step instanceof WindowStep window) {
            windows.add(window);
        }
        if (step instanceof DelayingStep delay) {
            delays.add(delay);
        }
    }

    void add(LookupTable table) {
        lookups.add(table);
    }

    List<LookupTable> lookups() {
        return lookups;
    }

    void add(ScanInput input) {
        inputs.add(input);
    }

    List<ScanInput> inputs() {
        return inputs;
    }

    Bindings bindings() {
        return bindings;
    }

    /** Returns what came out since the last call, and begins anew. */
    Results takeResults() {
        return results.take();
    }

    /** Returns the figures of the steps, in the order in which rows pass. */
    List<StepMetrics> metrics() {
        return steps.stream().map(Step::metrics).toList();
    }

    /** Begins windows that close without rows. */
    void start(long now) {
        if (watermark == null) {
            windows.forEach(window -> window.start(now));
        }
    }

    /** Returns when the clock has something to do next, in milliseconds since the epoch; {@code Long.MAX_VALUE} for never. */
    long due() {
        long due = Long.MAX_VALUE;
        for (DelayingStep delay : delays) {
            due = Math.min(due, delay.due());
        }
        if (watermark != null) {
            return Math.min(due, watermark.due());
        }
        for (WindowStep window : windows) {
            due = Math.min(due, window.due());
        }
        return due;
    }

    /** Tells whether rows wait that only the clock brings on. */
    boolean keepsRowsBack() {
        return delays.stream().anyMatch(delay -> delay.due() != Long.MAX_VALUE);
    }

    /** Lets the clock do what is due. */
    void time(long now) {
        delays.forEach(delay -> delay.strike(now));
        inputs.forEach(input -> input.head().time(now));
    }

    /** Lets the clock do what is due before rows of a time come, where windows wait for each other and it may be late. */
    void catchUp(long time) {
        if (stepwise && watermark == null && due() <= time) {
            time(time);
        }
    }

    /** Exchanges functions that were replaced, handing over the state of the steps. */
    void renewFunctions() {
        if (bindings.stale()) {
            byte[] state = save();
            bindings.renew();
            load(new StateInput(state));
        }
    }

    /** Saves the state of all steps. */
    byte[] save() {
        StateOutput out = new StateOutput();
        out.putLong(steps.size());
        for (Step step : steps) {
            StateOutput nested = new StateOutput();
            step.save(nested);
            out.putText(step.stateShape()).putBytes(nested.toBytes());
        }
        return out.toBytes();
    }

    /** Restores the steps whose state was saved in the same shape; returns how many others had one. */
    int load(StateInput in) {
        List<Step> open = new ArrayList<>(steps);
        int lost = 0;
        for (int left = in.getCount(); left > 0; left--) {
            String shape = in.getText();
            byte[] state = in.getBytes();
            if (shape.isEmpty()) {
                continue;
            }
            Step found = null;
            for (Step step : open) {
                if (step.stateShape().equals(shape)) {
                    found = step;
                    break;
                }
            }
            if (found == null) {
                lost++;
            } else {
                open.remove(found);
                found.load(new StateInput(state));
            }
        }
        return lost;
    }
}
