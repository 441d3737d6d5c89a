package io.varuna.engine.step;

/** A step that keeps rows back until the clock says so, whatever time the rows have. */
public abstract class DelayingStep extends Step {
    protected static final long NEVER = Long.MAX_VALUE;

    protected DelayingStep(StepSetting setting) {
        super(setting);
    }

    /** Returns when it has something to hand on, in milliseconds since the epoch; {@code Long.MAX_VALUE} for never. */
    public abstract long due();

    /** Hands on what is due. */
    public abstract void strike(long now);
}
