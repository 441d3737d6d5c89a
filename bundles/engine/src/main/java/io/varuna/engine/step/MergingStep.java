package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import java.util.Arrays;

/** A step with several inputs. Time has come as far as in the input that is furthest behind. */
public abstract class MergingStep extends Step {
    private final long[] times;

    MergingStep(StepSetting setting, int inputs) {
        super(setting);
        this.times = new long[inputs];
        Arrays.fill(times, Long.MIN_VALUE);
    }

    /** Returns the step that takes what comes from one input. */
    public final Step input(StepSetting setting, int index) {
        return new Input(setting, index);
    }

    /** Takes rows of an input, each for itself. */
    abstract void rowsOf(int input, RowBatch batch);

    /** Takes a result of an input. */
    abstract void resultOf(int input, RowBatch batch);

    /** One input. */
    private final class Input extends Step {
        private final int index;

        Input(StepSetting setting, int index) {
            super(setting);
            this.index = index;
        }

        @Override
        protected void processRows(RowBatch batch) {
            rowsOf(index, batch);
        }

        @Override
        protected void processResult(RowBatch batch) {
            resultOf(index, batch);
        }

        @Override
        public void time(long now) {
            times[index] = now;
            long least = Arrays.stream(times).min().orElse(now);
            if (least != Long.MIN_VALUE) {
                MergingStep.this.time(least);
            }
        }
    }
}
