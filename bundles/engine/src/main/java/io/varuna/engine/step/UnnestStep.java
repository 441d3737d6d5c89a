package io.varuna.engine.step;

import io.varuna.api.function.TableFunction;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.expression.Binding;
import io.varuna.engine.expression.CallArguments;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.plan.Unnest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes as many rows of each row as a table function gives. */
public final class UnnestStep extends Step {
    private final Binding binding;
    private final Evaluator[] arguments;
    private final CallArguments values;
    private final Step next;
    private final RowBatch unnested = new RowBatch();

    public UnnestStep(StepSetting setting, Unnest plan, ExpressionCompiler compiler, Step next) {
        super(setting);
        this.binding = compiler.bindings().bind(plan.function());
        this.arguments = compiler.compile(plan.arguments());
        this.values = new CallArguments(arguments.length, compiler.surroundings());
        this.next = next;
        binding.as(TableFunction.class);
    }

    @Override
    protected void processRows(RowBatch batch) {
        next.rows(unnest(batch));
        unnested.clear();
    }

    @Override
    protected void processResult(RowBatch batch) {
        next.result(unnest(batch).trigger(batch.trigger()));
        unnested.clear();
    }

    private RowBatch unnest(RowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            @Nullable Object[] row = batch.row(i);
            try {
                for (Object value : call(row, batch.time(i))) {
                    @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
                    longer[row.length] = value;
                    unnested.add(longer, batch, i);
                }
            } catch (Exception | Error e) {
                failed(e, row);
            }
        }
        return out(unnested);
    }

    private List<@Nullable Object> call(@Nullable Object[] row, long time) throws Exception {
        for (int i = 0; i < arguments.length; i++) {
            values.set(i, arguments[i].value(row, time));
        }
        List<@Nullable Object> given = new ArrayList<>();
        binding.as(TableFunction.class).apply(values, given::add);
        return given;
    }

    @Override
    public void time(long now) {
        next.time(now);
    }
}
