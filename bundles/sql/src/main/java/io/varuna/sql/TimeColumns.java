package io.varuna.sql;

import io.varuna.plan.Aggregate;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Analytic;
import io.varuna.plan.Catalog;
import io.varuna.plan.Delay;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Filter;
import io.varuna.plan.Limit;
import io.varuna.plan.LookupJoin;
import io.varuna.plan.Operator;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Project;
import io.varuna.plan.RowNumber;
import io.varuna.plan.RunningAggregate;
import io.varuna.plan.Scan;
import io.varuna.plan.Sort;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.Totals;
import io.varuna.plan.Union;
import io.varuna.plan.Unnest;
import io.varuna.plan.Window;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec;
import java.util.List;

/** Knows the columns that hold the time in whose order rows come. */
final class TimeColumns {
    private static final int WINDOW_START = 0;

    private final Catalog catalog;
    private final boolean eventTime;

    TimeColumns(Catalog catalog, boolean eventTime) {
        this.catalog = catalog;
        this.eventTime = eventTime;
    }

    /** Tells whether the rows of a relation come in the ascending order of a column. */
    boolean isTime(Relation relation, String column) {
        if (relation instanceof Relation.Derived derived) {
            Expression value = derived.expressions(List.of(column)).get(0);
            return isTime(derived.plan().root().input(), value);
        }
        return relation instanceof Relation.Declared declared && isTime(declared.definition(), column);
    }

    private boolean isTime(StreamDefinition stream, String column) {
        return eventTime && stream.options().timestamp().filter(column::equals).isPresent();
    }

    private boolean isTime(String stream, String column) {
        return catalog.stream(stream).filter(found -> isTime(found, column)).isPresent();
    }

    private boolean isTime(PlanNode node, Expression value) {
        if (value instanceof InputColumn column) {
            return isTime(node, column.index());
        }
        // a column of a stream without a schema
        return value instanceof Operation operation
                && operation.operator() == Operator.MEMBER
                && operation.operands().get(0) instanceof InputColumn record
                && operation.operands().get(1) instanceof Literal name
                && isMember(node, record.index(), String.valueOf(name.value()));
    }

    private boolean isTime(PlanNode node, int column) {
        if (node instanceof Scan scan) {
            return isTime(scan.stream(), scan.columns().get(column).name());
        }
        if (node instanceof Project project) {
            return isTime(project.input(), project.expressions().get(column));
        }
        if (node instanceof Union union) {
            return union.inputs().stream().allMatch(input -> isTime(input, column));
        }
        if (node instanceof Aggregate aggregate) {
            int call = column - aggregate.keys().size();
            return call >= 0
                    && aggregate.calls().get(call).function().equals(AggregateCall.FIRST_ROW)
                    && aggregate.calls().get(call).arguments().get(0) instanceof InputColumn window
                    && isTime(aggregate.input(), window.index());
        }
        if (node instanceof WindowAggregate window) {
            int first = window.keys().size() + window.calls().size();
            return isWindowColumn(window.window(), column - first);
        }
        if (node instanceof Window window) {
            return isWindowColumn(
                    window.window(), column - window.input().output().size());
        }
        return extendsRows(node)
                && isOfInput(node, column)
                && isTime(node.inputs().get(0), column);
    }

    private static boolean isWindowColumn(WindowSpec window, int column) {
        return switch (window.kind()) {
            case TUMBLING, HOPPING, SLIDING, COUNT -> column >= WINDOW_START;
            case SESSION, STATE -> column > WINDOW_START;
        };
    }

    /** Tells whether a name is that of the time in a record. */
    private boolean isMember(PlanNode node, int column, String name) {
        if (node instanceof Scan scan) {
            return scan.columns().get(column).source() == Scan.ColumnSource.RECORD && isTime(scan.stream(), name);
        }
        if (node instanceof Project project) {
            return project.expressions().get(column) instanceof InputColumn record
                    && isMember(project.input(), record.index(), name);
        }
        return extendsRows(node)
                && isOfInput(node, column)
                && isMember(node.inputs().get(0), column, name);
    }

    /** Tells whether a node hands on its rows in their order, perhaps with more columns behind. */
    private static boolean extendsRows(PlanNode node) {
        return node instanceof Filter
                || node instanceof Sort
                || node instanceof Limit
                || node instanceof Delay
                || node instanceof Analytic
                || node instanceof RunningAggregate
                || node instanceof RowNumber
                || node instanceof Totals
                || node instanceof Unnest
                || node instanceof LookupJoin;
    }

    private static boolean isOfInput(PlanNode node, int column) {
        return column < node.inputs().get(0).output().size();
    }
}
