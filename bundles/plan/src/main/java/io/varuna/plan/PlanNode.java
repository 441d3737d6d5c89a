package io.varuna.plan;

import io.varuna.api.data.Column;
import java.util.List;

/**
 * A step of a plan. Rows flow from the inputs through the node; a row is a list of values, one for each column of {@link
 * #output()}.
 *
 * <p>Below a window, rows come one by one. A window, and whatever stands above it, hands on <em>results</em>: lists of rows
 * that belong together. Sort, limit and aggregation work on one result at a time.
 */
public sealed interface PlanNode
        permits Scan,
                Filter,
                Project,
                Analytic,
                Delay,
                DedupTrigger,
                Unnest,
                LookupJoin,
                GatheredJoin,
                OuterRow,
                Union,
                SetOperation,
                Window,
                WindowJoin,
                IntervalJoin,
                Aggregate,
                WindowAggregate,
                RowNumber,
                RunningAggregate,
                Totals,
                MatchRecognize,
                Sort,
                Limit,
                Output {
    /** Returns the nodes whose rows this one takes. */
    List<PlanNode> inputs();

    /** Returns the columns of the rows that this node hands on. */
    List<Column> output();

    /** Returns the node in one line, without its inputs. */
    String describe();
}
