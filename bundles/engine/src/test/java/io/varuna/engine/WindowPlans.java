package io.varuna.engine;

import io.varuna.api.data.DataType;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Expression;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows made by hand. */
final class WindowPlans {
    private WindowPlans() {}

    static WindowSpec spec(WindowSpec.Kind kind, long size, long slide) {
        return spec(kind, size, slide, 0, null, null, null);
    }

    static WindowSpec spec(
            WindowSpec.Kind kind,
            long size,
            long slide,
            long delay,
            @Nullable Expression trigger,
            @Nullable Expression begin,
            @Nullable Expression end) {
        return new WindowSpec(kind, WindowSpec.Unit.SS, size, slide, delay, null, trigger, begin, end, List.of());
    }

    static AggregateCall count() {
        return new AggregateCall(AggregateCall.COUNT_ROWS, List.of(), null, false, DataType.BIGINT, "n");
    }

    static AggregateCall call(String function, Expression argument, String name) {
        return new AggregateCall(function, List.of(argument), null, false, DataType.ANY, name);
    }

    /** Counts rows and sums up column v by column k. */
    static PlanNode sums(Scan scan, WindowSpec window) {
        return new WindowAggregate(
                scan,
                window,
                List.of(Plans.column(scan, "k")),
                List.of("k"),
                List.of(
                        count(),
                        call("sum", Plans.column(scan, "v"), "s"),
                        call("first", Plans.column(scan, "v"), "f")));
    }
}
