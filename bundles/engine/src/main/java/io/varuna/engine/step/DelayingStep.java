package io.varuna.engine.step;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;

/** A step that keeps rows back until the clock says so, whatever time the rows have. */
public abstract class DelayingStep extends Step {
    protected static final long NEVER = Long.MAX_VALUE;

    /** Rows wait in memory; a rule that keeps back more than these is wrong, or its stream is too fast for it. */
    protected static final int MOST_ROWS = 100_000;

    protected DelayingStep(StepSetting setting) {
        super(setting);
    }

    protected static VarunaException tooMany(String function) {
        return new VarunaException(
                StandardError.EVALUATION_FAILED,
                "More than " + MOST_ROWS + " rows wait in '" + function + "'. Let fewer wait, or for a shorter time");
    }

    /** Returns when it has something to hand on, in milliseconds since the epoch; {@code Long.MAX_VALUE} for never. */
    public abstract long due();

    /** Hands on what is due. */
    public abstract void strike(long now);
}
