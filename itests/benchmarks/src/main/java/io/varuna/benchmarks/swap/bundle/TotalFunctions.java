package io.varuna.benchmarks.swap.bundle;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.List;

/** An aggregate with state that is handed over: {@code total}, the sum. */
public final class TotalFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(FunctionDefinition.aggregate("total", Total::new)
                .doc("Returns the sum.")
                .parameter("number", DataType.BIGINT)
                .result(DataType.BIGINT)
                .build());
    }

    private static final class Sum implements State {
        private long value;

        @Override
        public void save(StateWriter out) {
            out.putLong(value);
        }

        @Override
        public void load(StateReader in) {
            value = in.getLong();
        }
    }

    private static final class Total implements AggregateFunction<Sum> {
        @Override
        public Sum create() {
            return new Sum();
        }

        @Override
        public void add(Sum sum, Args args) {
            if (args.get(0) instanceof Long number) {
                sum.value += number;
            }
        }

        @Override
        public void merge(Sum sum, Sum other) {
            sum.value += other.value;
        }

        @Override
        public Object result(Sum sum) {
            return sum.value;
        }
    }
}
