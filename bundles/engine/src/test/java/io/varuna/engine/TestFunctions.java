package io.varuna.engine;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of each kind that keeps state: sum (retracts), stubborn (says so), total (in arrays), first (neither), lag. */
final class TestFunctions implements FunctionLibrary {
    /** Makes functions that fail whenever they are asked for a result. */
    static final long BROKEN = Long.MIN_VALUE;

    private final long factor;

    TestFunctions() {
        this(1);
    }

    /** Creates functions whose results are multiplied, to tell versions apart. */
    TestFunctions(long factor) {
        this.factor = factor;
    }

    @Override
    public List<FunctionDefinition> functions() {
        return List.of(
                FunctionDefinition.aggregate("sum", () -> new Sum(factor))
                        .parameter("x", DataType.BIGINT)
                        .build(),
                FunctionDefinition.aggregate("stubborn", () -> new Stubborn(factor))
                        .parameter("x", DataType.BIGINT)
                        .build(),
                FunctionDefinition.aggregate("total", TestTotal::new)
                        .parameter("x", DataType.ANY)
                        .build(),
                FunctionDefinition.aggregate("first", First::new)
                        .parameter("x", DataType.ANY)
                        .build(),
                FunctionDefinition.analytic("lag", Lag::new)
                        .parameter("x", DataType.ANY)
                        .build(),
                FunctionDefinition.scalar("scaled", () -> arguments -> number(arguments) * factor)
                        .parameter("x", DataType.BIGINT)
                        .build(),
                FunctionDefinition.scalar("strict", () -> arguments -> {
                            if (arguments.get(0) instanceof Long number) {
                                return number * factor;
                            }
                            throw new IllegalArgumentException("no number");
                        })
                        .parameter("x", DataType.ANY)
                        .build(),
                FunctionDefinition.table("unnest", () -> (arguments, out) -> {
                            if (arguments.get(0) instanceof List<?> list) {
                                list.forEach(out);
                            }
                        })
                        .parameter("x", DataType.ANY)
                        .build());
    }

    private static long number(Args arguments) {
        return arguments.get(0) instanceof Long number ? number : 0;
    }

    static final class Value implements State {
        private @Nullable Object value;
        private boolean set;

        @Override
        public void save(StateWriter out) {
            out.putValue(set).putValue(value);
        }

        @Override
        public void load(StateReader in) {
            set = Boolean.TRUE.equals(in.getValue());
            value = in.getValue();
        }

        private long number() {
            return value == null ? 0 : (Long) value;
        }
    }

    private static class Sum implements AggregateFunction<Value> {
        private final long factor;

        Sum(long factor) {
            this.factor = factor;
        }

        @Override
        public Value create() {
            return new Value();
        }

        @Override
        public void add(Value sum, Args args) {
            sum.value = sum.number() + number(args);
        }

        @Override
        public void merge(Value sum, Value other) {
            sum.value = sum.number() + other.number();
        }

        @Override
        public void retract(Value sum, Args args) {
            sum.value = sum.number() - number(args);
        }

        @Override
        public boolean retracts() {
            return true;
        }

        @Override
        public Object result(Value sum) {
            if (factor == BROKEN) {
                throw new IllegalStateException("broken");
            }
            return sum.number() * factor;
        }
    }

    /** Does not take back every number, whatever it says. */
    private static final class Stubborn extends Sum {
        Stubborn(long factor) {
            super(factor);
        }

        @Override
        public void retract(Value sum, Args args) {
            if (number(args) % 3 == 1) {
                throw new IllegalStateException("not " + number(args));
            }
            super.retract(sum, args);
        }
    }

    private static final class First implements AggregateFunction<Value> {
        @Override
        public Value create() {
            return new Value();
        }

        @Override
        public void add(Value first, Args args) {
            if (!first.set) {
                first.set = true;
                first.value = args.get(0);
            }
        }

        @Override
        public void merge(Value first, Value other) {
            if (!first.set && other.set) {
                first.set = true;
                first.value = other.value;
            }
        }

        @Override
        public @Nullable Object result(Value first) {
            return first.value;
        }
    }

    private static final class Lag implements AnalyticFunction<Value> {
        @Override
        public Value create() {
            return new Value();
        }

        @Override
        public @Nullable Object apply(Value last, Args args) {
            Object before = last.value;
            last.value = args.get(0);
            return before;
        }
    }
}
