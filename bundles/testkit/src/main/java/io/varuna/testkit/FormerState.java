package io.varuna.testkit;

import io.varuna.api.function.AggregateFunction;
import io.varuna.api.function.AnalyticFunction;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.state.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state that a former version of a function has saved, and what must come of it.
 *
 * @param saved what lies in the checkpoints of rules
 * @param row the arguments that come next
 * @param result what the function gives then
 */
public record FormerState(String function, SavedState saved, List<@Nullable Object> row, @Nullable Object result) {
    @Nullable
    Object resultOf(FunctionDefinition definition) throws Exception {
        return switch (definition.kind()) {
            case AGGREGATE -> aggregated((AggregateFunction<?>) definition.create());
            case ANALYTIC -> applied((AnalyticFunction<?>) definition.create());
            case SCALAR, TABLE -> throw new AssertionError("'" + function + "' has no state any more");
        };
    }

    private <A extends State> @Nullable Object aggregated(AggregateFunction<A> aggregate) throws Exception {
        A accumulator = aggregate.create();
        saved.loadInto(accumulator);
        aggregate.add(accumulator, TestArgs.of(row.toArray()));
        return aggregate.result(accumulator);
    }

    private <S extends State> @Nullable Object applied(AnalyticFunction<S> analytic) throws Exception {
        S state = analytic.create();
        saved.loadInto(state);
        return analytic.apply(state, TestArgs.of(row.toArray()));
    }

    @Override
    public String toString() {
        return function + " of version " + saved.version();
    }
}
