package io.varuna.engine;

import io.varuna.engine.expression.Bindings;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.step.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Functions that were exchanged and are on trial: a batch for which more rows fail than with the former functions is done
 * again with those, which stay then. Under the lock of the rule.
 */
final class FunctionTrial {
    private final Pipeline pipeline;
    private final Map<String, String> versions;
    private final Bindings.Former former;
    private @Nullable List<Failure> failures;
    private volatile @Nullable String trouble;
    private boolean over;

    private record Failure(StepMetrics where, Exception cause, Map<String, @Nullable Object> row) {}

    private FunctionTrial(Pipeline pipeline, Map<String, String> versions, Bindings.Former former) {
        this.pipeline = pipeline;
        this.versions = versions;
        this.former = former;
    }

    /** Exchanges the functions, handing over the state of the steps; throws if that is not possible, and nothing has changed. */
    static FunctionTrial begin(Pipeline pipeline, Map<String, String> versions) {
        return new FunctionTrial(pipeline, versions, exchange(pipeline, versions));
    }

    private static Bindings.Former exchange(Pipeline pipeline, Map<String, String> versions) {
        byte[] state = pipeline.save();
        Bindings.Former before = pipeline.bindings().move(versions);
        try {
            pipeline.load(new StateInput(state));
            return before;
        } catch (RuntimeException | Error e) {
            pipeline.bindings().restore(before);
            pipeline.load(new StateInput(state));
            throw e;
        }
    }

    /**
     * Runs the steps for one batch; what fails in the end is reported.
     *
     * @param saved gets the state of before the batch
     * @param again called before the batch is done again
     */
    void run(Runnable steps, Consumer<byte[]> saved, Runnable again, Trouble report) {
        if (over) {
            steps.run();
            return;
        }
        byte[] before = pipeline.save();
        saved.accept(before);
        List<Failure> ours = attempt(steps);
        if (!ours.isEmpty()) {
            pipeline.takeResults();
            pipeline.bindings().restore(former);
            pipeline.load(new StateInput(before));
            again.run();
            List<Failure> theirs = attempt(steps);
            if (theirs.size() < ours.size()) {
                over = true;
                trouble = "a function fails: " + DeadLetters.message(ours.get(0).cause);
            } else {
                // the rows are at fault
                goOn();
            }
            theirs.forEach(failure -> report.rowFailed(failure.where, failure.cause, failure.row));
        }
    }

    private void goOn() {
        try {
            exchange(pipeline, versions);
        } catch (RuntimeException e) {
            over = true;
            trouble = "a function does not take over the state: " + DeadLetters.message(e);
        }
    }

    private List<Failure> attempt(Runnable steps) {
        List<Failure> collected = new ArrayList<>();
        failures = collected;
        try {
            steps.run();
            return collected;
        } finally {
            failures = null;
        }
    }

    /** Takes a row that failed, if a batch is on trial. */
    boolean collect(StepMetrics where, Exception cause, Map<String, @Nullable Object> row) {
        if (failures == null) {
            return false;
        }
        failures.add(new Failure(where, cause, row));
        return true;
    }

    /** Returns to the former functions. */
    void back() {
        if (!over) {
            over = true;
            byte[] state = pipeline.save();
            pipeline.bindings().restore(former);
            pipeline.load(new StateInput(state));
        }
    }

    /** Returns why the former functions are back, if they are. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }
}
