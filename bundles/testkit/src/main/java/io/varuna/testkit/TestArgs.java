package io.varuna.testkit;

import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionContext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Arguments for a call in a test, at the epoch, in UTC. */
public final class TestArgs implements Args {
    private static final FunctionContext CONTEXT = new FunctionContext() {
        private final SettableClock clock = new SettableClock(Instant.EPOCH);

        @Override
        public String ruleId() {
            return "rule";
        }

        @Override
        public SettableClock clock() {
            return clock;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }
    };

    private final @Nullable Object[] values;
    private final FunctionContext context;

    private TestArgs(@Nullable Object[] values, FunctionContext context) {
        this.values = values.clone();
        this.context = context;
    }

    public static TestArgs of(@Nullable Object... values) {
        return new TestArgs(values, CONTEXT);
    }

    /** Returns the same arguments with other surroundings. */
    public TestArgs in(FunctionContext surroundings) {
        return new TestArgs(values, surroundings);
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public FunctionContext context() {
        return context;
    }

    @Override
    public String toString() {
        return java.util.Arrays.deepToString(values);
    }
}
