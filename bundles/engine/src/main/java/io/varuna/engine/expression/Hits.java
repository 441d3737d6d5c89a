package io.varuna.engine.expression;

import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import org.jspecify.annotations.Nullable;

/** How often a condition was true, and when last. Belongs to the step that evaluates the condition, which notes it. */
public final class Hits {
    private long count;
    private long time;

    /** Notes that the condition was true for a row of the time. */
    public void hit(long rowTime) {
        count++;
        time = rowTime;
    }

    /** Notes that the condition was true for some rows, the last one of the time. */
    public void hit(int rows, long lastTime) {
        count += rows;
        time = lastTime;
    }

    public void save(StateOutput out) {
        out.putLong(count).putLong(time);
    }

    public void load(StateInput in) {
        count = in.getLong();
        time = in.getLong();
    }

    Evaluator counted() {
        return new Evaluator() {
            @Override
            public Object value(@Nullable Object[] row, long rowTime) {
                return count;
            }
        };
    }

    Evaluator last() {
        return new Evaluator() {
            @Override
            public Object value(@Nullable Object[] row, long rowTime) {
                return time;
            }
        };
    }
}
