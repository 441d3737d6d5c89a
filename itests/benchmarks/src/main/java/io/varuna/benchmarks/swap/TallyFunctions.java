package io.varuna.benchmarks.swap;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.List;

/** An aggregate with state. */
final class TallyFunctions implements FunctionLibrary {
    @Override
    public List<FunctionDefinition> functions() {
        return List.of(FunctionDefinition.aggregate("tally", Tally::new)
                .doc("Returns the sum.")
                .parameter("number", DataType.BIGINT)
                .result(DataType.BIGINT)
                .build());
    }

    private static final class Total implements State {
        private long total;

        @Override
        public void save(StateWriter out) {
            out.putLong(total);
        }

        @Override
        public void load(StateReader in) {
            total = in.getLong();
        }
    }

    private static final class Tally implements AggregateFunction<Total> {
        @Override
        public Total create() {
            return new Total();
        }

        @Override
        public void add(Total total, Args args) {
            if (args.get(0) instanceof Long number) {
                total.total += number;
            }
        }

        @Override
        public void merge(Total total, Total other) {
            total.total += other.total;
        }

        @Override
        public Object result(Total total) {
            return total.total;
        }
    }
}
