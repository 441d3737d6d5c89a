package io.varuna.engine.step;

import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.state.State;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Binding;
import io.varuna.engine.expression.CallArguments;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.state.StateInput;
import io.varuna.engine.state.StateOutput;
import io.varuna.plan.Analytic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds the values of analytic functions to each row. */
public final class AnalyticStep extends Step {
    private final Analytic plan;
    private final List<Call> calls;
    private final Step next;
    private final RowBatch extended = new RowBatch();

    public AnalyticStep(StepSetting setting, Analytic plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.plan = plan;
        this.calls = plan.calls().stream().map(call -> new Call(call, compiler)).toList();
        this.next = next;
    }

    /** The state of a call for one combination of its partition values. */
    private static final class Partition {
        private final @Nullable Object[] keys;
        private final State state;

        Partition(@Nullable Object[] keys, State state) {
            this.keys = keys;
            this.state = state;
        }
    }

    /** One call, with the states of its partitions. */
    private static final class Call {
        private final Binding binding;
        private final Evaluator[] arguments;
        private final GroupKeys partitionBy;
        private final @Nullable Evaluator when;
        private final CallArguments values;
        private final Map<Object, Partition> partitions = new LinkedHashMap<>();

        Call(Analytic.Call plan, ExpressionCompiler compiler) {
            this.binding = compiler.bindings().bind(plan.function());
            this.arguments = compiler.compile(plan.arguments());
            this.partitionBy = new GroupKeys(compiler.compile(plan.partitionBy()));
            this.when = compiler.compileOptional(plan.when());
            this.values = new CallArguments(arguments.length, compiler.surroundings());
        }

        @SuppressWarnings("unchecked") // the state is always one that the function itself made
        private AnalyticFunction<State> function() {
            return binding.as(AnalyticFunction.class);
        }

        @Nullable
        Object apply(@Nullable Object[] row, long time) throws Exception {
            AnalyticFunction<State> function = function();
            @Nullable Object[] keys = partitionBy.values(row, time);
            Partition partition =
                    partitions.computeIfAbsent(GroupKeys.mapKey(keys), key -> new Partition(keys, function.create()));
            if (when != null && !when.holds(row, time)) {
                return function.skip(partition.state);
            }
            for (int i = 0; i < arguments.length; i++) {
                values.set(i, arguments[i].value(row, time));
            }
            Object result = function.apply(partition.state, values);
            return result instanceof Integer number ? (Object) number.longValue() : result;
        }

        void save(StateOutput out) {
            out.putLong(partitions.size());
            partitions.values().forEach(partition -> out.putRow(partition.keys).putState(partition.state));
        }

        void load(StateInput in) {
            partitions.clear();
            for (int left = in.getCount(); left > 0; left--) {
                @Nullable Object[] keys = in.getRow();
                partitions.put(
                        GroupKeys.mapKey(keys),
                        new Partition(keys, in.getState(function().create())));
            }
        }
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(extend(batch));
        extended.clear();
    }

    @Override
    protected void processResult(RowBatch batch) {
        next.result(extend(batch).trigger(batch.trigger()));
        extended.clear();
    }

    private RowBatch extend(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Object[] row = batch.row(i);
            try {
                @Nullable Object[] longer = Arrays.copyOf(row, row.length + calls.size());
                for (int c = 0; c < calls.size(); c++) {
                    // a call may use the values of those before it
                    longer[row.length + c] = calls.get(c).apply(longer, batch.time(i));
                }
                extended.add(longer, batch, i);
            } catch (Exception | Error e) {
                failed(e, row);
            }
        }
        return out(extended);
    }

    @Override
    public void time(long now) {
        next.time(now);
    }

    @Override
    public String stateShape() {
        return plan.describe();
    }

    @Override
    public void save(StateOutput out) {
        calls.forEach(call -> call.save(out));
    }

    @Override
    public void load(StateInput in) {
        calls.forEach(call -> call.load(in));
    }
}
