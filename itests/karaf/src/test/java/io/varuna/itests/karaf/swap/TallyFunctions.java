package io.varuna.itests.karaf.swap;

import io.varuna.api.data.DataType;
import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.Args;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.function.SqlFunction;
import io.varuna.api.state.State;
import io.varuna.api.state.StateReader;
import io.varuna.api.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Functions of all kinds: one that says which version it is, an aggregate and an analytic one with state, and one that makes
 * several rows. From version 1.1.0 on, the state of the aggregate has another form; version 3.0.0 does not read that of 1.0.0.
 */
public final class TallyFunctions implements FunctionLibrary {
    @SqlFunction(doc = "Returns the version of the plugin, whatever the number.")
    public static String labelled(long number) {
        return Versions.of(TallyFunctions.class);
    }

    @Override
    public List<FunctionDefinition> functions() {
        List<FunctionDefinition> functions = new ArrayList<>(FunctionLibrary.super.functions());
        functions.add(FunctionDefinition.aggregate("tally", Tally::new)
                .doc("Returns the sum.")
                .parameter("number", DataType.BIGINT)
                .result(DataType.BIGINT)
                .build());
        functions.add(FunctionDefinition.analytic("seen", Seen::new)
                .doc("Returns how many rows there were.")
                .parameter("number", DataType.BIGINT)
                .result(DataType.BIGINT)
                .build());
        functions.add(FunctionDefinition.table("halves", () -> (args, out) -> {
                    out.accept(Map.of("half", 0L, "version", Versions.of(TallyFunctions.class)));
                    out.accept(Map.of("half", 1L, "version", Versions.of(TallyFunctions.class)));
                })
                .doc("Makes two rows of one.")
                .parameter("number", DataType.BIGINT)
                .build());
        return functions;
    }

    private static final class Total implements State {
        private final String plugin = Versions.of(TallyFunctions.class);
        private long total;
        private long numbers;

        @Override
        public int version() {
            return plugin.equals("1.0.0") ? 1 : 2;
        }

        @Override
        public void save(StateWriter out) {
            if (version() == 1) {
                out.putLong(total);
                return;
            }
            // a form that version 1 cannot be mistaken for
            out.putValue("total").putLong(total).putLong(numbers);
        }

        @Override
        public void load(StateReader in) {
            if (in.version() == 1) {
                if (plugin.equals("3.0.0")) {
                    throw new IllegalStateException("states of version 1 are not read any more");
                }
                total = in.getLong();
                return;
            }
            if (!"total".equals(in.getValue())) {
                throw new IllegalStateException("this is not a state of version " + in.version());
            }
            total = in.getLong();
            numbers = in.getLong();
        }
    }

    private static final class Rows implements State {
        private long count;

        @Override
        public void save(StateWriter out) {
            out.putLong(count);
        }

        @Override
        public void load(StateReader in) {
            count = in.getLong();
        }
    }

    private static final class Seen implements AnalyticFunction<Rows> {
        @Override
        public Rows create() {
            return new Rows();
        }

        @Override
        public Object apply(Rows rows, Args args) {
            return ++rows.count;
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
                total.numbers++;
            }
        }

        @Override
        public void merge(Total total, Total other) {
            total.total += other.total;
            total.numbers += other.numbers;
        }

        @Override
        public Object result(Total total) {
            return total.total;
        }
    }
}
