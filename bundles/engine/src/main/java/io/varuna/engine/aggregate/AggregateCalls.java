package io.varuna.engine.aggregate;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.GroupedAggregate;
import io.varuna.api.state.State;
import io.varuna.engine.expression.Binding;
import io.varuna.engine.expression.CallArguments;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.AggregateCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The aggregate calls of a step, ready to run. */
public final class AggregateCalls {
    /** Stands for the arguments of a call whose filter leaves the row out. */
    static final @Nullable Object[] LEFT_OUT = new @Nullable Object[0];

    private final Call[] calls;
    private final KeyWords room = new KeyWords();

    public AggregateCalls(List<AggregateCall> calls, ExpressionCompiler compiler) {
        this.calls = calls.stream().map(call -> new Call(call, compiler)).toArray(Call[]::new);
    }

    public int size() {
        return calls.length;
    }

    /** Returns how many arguments a call has. */
    int arguments(int call) {
        return calls[call].arguments.length;
    }

    /** Tells whether a call leaves out some rows. */
    boolean hasFilter(int call) {
        return calls[call].filter != null;
    }

    /** Returns room for the words of one key at a time. */
    KeyWords room() {
        return room;
    }

    /** Tells whether arguments stand for a row that the filter of the call leaves out. */
    @SuppressWarnings("ReferenceEquality") // it is that very array
    static boolean isLeftOut(@Nullable Object[] arguments) {
        return arguments == LEFT_OUT;
    }

    /** Makes what the calls know of groups, in their order; there are no groups yet. */
    GroupValues[] groupValues() {
        GroupValues[] values = new GroupValues[calls.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = calls[i].groupValues();
        }
        return values;
    }

    /** Makes a group without rows for a window that loses its rows one by one. */
    public SlidingGroup slidingGroup(@Nullable Object[] keys) {
        SlidingValues[] values = new SlidingValues[calls.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = calls[i].slidingValues();
        }
        return new SlidingGroup(keys, values);
    }

    /** The accumulators of one group, in the order of the calls. */
    public final class Accumulators {
        private final Accumulator[] values;

        private Accumulators() {
            values = new Accumulator[calls.length];
            for (int i = 0; i < calls.length; i++) {
                values[i] = calls[i].accumulator();
            }
        }

        /** Adds what {@link #arguments} returned for a row. */
        public void add(List<@Nullable Object[]> arguments) throws Exception {
            for (int i = 0; i < values.length; i++) {
                @Nullable Object[] given = arguments.get(i);
                if (given != LEFT_OUT) {
                    values[i].add(given);
                }
            }
        }

        /** Writes the results into a row, from a position on. */
        public void results(@Nullable Object[] row, int at) throws Exception {
            for (int i = 0; i < values.length; i++) {
                row[at + i] = values[i].result();
            }
        }
    }

    public Accumulators create() {
        return new Accumulators();
    }

    /** Evaluates the arguments of all calls for a row; opaque, for accumulators only. */
    public List<@Nullable Object[]> arguments(@Nullable Object[] row, long time) throws Exception {
        List<@Nullable Object[]> arguments = new ArrayList<>(calls.length);
        for (Call call : calls) {
            arguments.add(call.arguments(row, time));
        }
        return arguments;
    }

    /** Writes what {@link #arguments} returned. */
    public void saveArguments(List<@Nullable Object[]> arguments, StateOutput out) {
        for (@Nullable Object[] given : arguments) {
            out.putValue(given != LEFT_OUT);
            out.putRow(given);
        }
    }

    /** Reads what {@link #saveArguments} wrote. */
    public List<@Nullable Object[]> loadArguments(StateInput in) {
        List<@Nullable Object[]> arguments = new ArrayList<>(calls.length);
        for (int i = 0; i < calls.length; i++) {
            boolean given = Boolean.TRUE.equals(in.getValue());
            @Nullable Object[] values = in.getRow();
            arguments.add(given ? values : LEFT_OUT);
        }
        return arguments;
    }

    /** One call. */
    private static final class Call {
        private final AggregateCall plan;
        private final Evaluator[] arguments;
        private final @Nullable Evaluator filter;
        private final @Nullable Binding binding;
        private final CallArguments shown;
        private final @Nullable Object[] one = new @Nullable Object[1];
        private StateFolds.@Nullable Room room;

        Call(AggregateCall plan, ExpressionCompiler compiler) {
            this.plan = plan;
            this.arguments = plan.arguments().stream()
                    .map(argument -> plan.function().equals(AggregateCall.FIRST_ROW)
                            ? compiler.compileRaw(argument)
                            : compiler.compile(argument))
                    .toArray(Evaluator[]::new);
            this.filter = compiler.compileOptional(plan.filter());
            this.binding = own() ? null : compiler.bindings().bind(plan.function());
            this.shown = new CallArguments(0, compiler.surroundings());
        }

        private boolean own() {
            return plan.function().equals(AggregateCall.FIRST_ROW)
                    || plan.function().equals(AggregateCall.COUNT_ROWS);
        }

        @SuppressWarnings("unchecked") // the accumulator is always one that the function itself made
        private AggregateFunction<State> function(Binding bound) {
            return bound.as(AggregateFunction.class);
        }

        boolean retracts() {
            return binding == null
                    ? plan.function().equals(AggregateCall.COUNT_ROWS)
                    : function(binding).retracts();
        }

        private boolean retractsAny() {
            return binding != null && function(binding).retractsAny();
        }

        @SuppressWarnings("unchecked") // the states are always some that the function itself made
        GroupValues groupValues() {
            if (!plan.distinct() && plan.function().equals(AggregateCall.COUNT_ROWS)) {
                return new GroupValues.RowCounts();
            }
            if (inArrays() && binding != null) {
                return new GroupValues.InArrays(binding.as(GroupedAggregate.class), shown::show);
            }
            return new GroupValues.Objects(this::accumulator, arguments.length);
        }

        private boolean inArrays() {
            return !plan.distinct()
                    && binding != null
                    && arguments.length == 1
                    && binding.function().implementation() instanceof GroupedAggregate;
        }

        /** Makes what is known of a group. */
        SlidingValues slidingValues() {
            if (plan.distinct() && !retractsAny()) {
                return new SlidingDistinct(this::ofRows, retracts());
            }
            if (retracts()) {
                return new SlidingValues.Retracting(this::accumulator, one);
            }
            if (inArrays() && binding != null) {
                return new StateFolds(room(binding));
            }
            if (plan.function().equals(AggregateCall.FIRST_ROW)) {
                return new SlidingValues.Oldest();
            }
            return new SlidingValues.AccumulatorFolds(this::accumulator);
        }

        @SuppressWarnings("unchecked") // the states are always some that the function itself made
        private StateFolds.Room room(Binding bound) {
            GroupedAggregate<State> function = bound.as(GroupedAggregate.class);
            StateFolds.Room known = room;
            if (known == null || !known.isOf(function)) {
                known = new StateFolds.Room(function, shown::show);
                room = known;
            }
            return known;
        }

        Accumulator accumulator() {
            return plan.distinct() ? new Distinct(ofRows()) : ofRows();
        }

        /** Makes an accumulator of all rows it is given, distinct or not. */
        private Accumulator ofRows() {
            if (binding != null) {
                return new Accumulator.OfFunction(function(binding), shown::show);
            }
            return plan.function().equals(AggregateCall.COUNT_ROWS)
                    ? new Accumulator.CountRows()
                    : new Accumulator.FirstRow();
        }

        @Nullable
        Object[] arguments(@Nullable Object[] row, long time) throws Exception {
            if (filter != null && !filter.holds(row, time)) {
                return LEFT_OUT;
            }
            @Nullable Object[] values = new @Nullable Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].value(row, time);
            }
            return values;
        }
    }
}
