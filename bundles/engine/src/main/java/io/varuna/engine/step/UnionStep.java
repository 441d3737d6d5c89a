package io.varuna.engine.step;

import io.varuna.engine.data.RowBatch;
import java.util.Arrays;

/** Hands on the rows of several inputs. Time has come as far as in the input that is furthest behind. */
public final class UnionStep extends Step {
    private final Step next;
    private final long[] times;

    public UnionStep(StepSetting setting, int inputs, Step next) {
        super(setting);
        this.next = next;
        this.times = new long[inputs];
        Arrays.fill(times, Long.MIN_VALUE);
    }

    /** Returns the step that takes the rows of one input. */
    public Step input(StepSetting setting, int index) {
        return new Input(setting, index);
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(out(batch));
    }

    @Override
    protected void processResult(RowBatch batch) {
        next.result(out(batch));
    }

    @Override
    public void time(long now) {
        next.time(now);
    }

    private void time(int input, long now) {
        times[input] = now;
        long least = Arrays.stream(times).min().orElse(now);
        if (least != Long.MIN_VALUE) {
            time(least);
        }
    }

    /** One input. */
    private final class Input extends Step {
        private final int index;

        Input(StepSetting setting, int index) {
            super(setting);
            this.index = index;
        }

        @Override
        protected void processRows(RowBatch batch) {
            UnionStep.this.rows(batch);
        }

        @Override
        protected void processResult(RowBatch batch) {
            UnionStep.this.result(batch);
        }

        @Override
        public void time(long now) {
            UnionStep.this.time(index, now);
        }
    }
}
