package io.varuna.plan;

import io.varuna.api.data.Column;
import io.varuna.plan.Scan.ScanColumn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints plans. */
final class PlanText {
    private PlanText() {}

    static String explain(PlanNode node) {
        StringBuilder text = new StringBuilder();
        append(node, 0, text);
        return text.toString();
    }

    private static void append(PlanNode node, int depth, StringBuilder text) {
        text.append("  ".repeat(depth)).append(node.describe()).append('\n');
        node.inputs().forEach(input -> append(input, depth + 1, text));
    }

    /** Prints a length of time, such as {@code 1h30m}. */
    static String time(long millis) {
        return Duration.ofMillis(millis).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static String list(List<Expression> expressions) {
        return expressions.stream().map(Expression::toString).collect(Collectors.joining(", "));
    }

    static String named(List<Expression> expressions, List<String> names) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String text = expressions.get(i).toString();
            String name = ExpressionText.name(names.get(i));
            parts.add(text.equals(name) ? text : text + " AS " + name);
        }
        return String.join(", ", parts);
    }

    static String calls(List<AggregateCall> calls) {
        return calls.stream()
                .map(call -> call + " AS " + ExpressionText.name(call.name()))
                .collect(Collectors.joining(", "));
    }

    /** Returns the columns of rows of which each has those of a table, too. */
    static List<Column> joined(PlanNode input, List<ScanColumn> columns) {
        List<Column> all = new ArrayList<>(input.output());
        columns.forEach(column -> all.add(new Column(column.name(), column.type())));
        return all;
    }

    /** Prints equalities, then the rest of a condition. */
    static String condition(List<String> equal, List<Expression> keys, @Nullable Expression residual) {
        List<String> equalities = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            equalities.add(equal.get(i) + " = " + keys.get(i));
        }
        return (equalities.isEmpty() ? "" : " on " + String.join(" AND ", equalities))
                + (residual == null ? "" : " and " + residual);
    }

    static String names(List<ScanColumn> columns) {
        return columns.stream().map(ScanColumn::name).collect(Collectors.joining(", ", " [", "]"));
    }

    static String keys(List<Expression> keys, List<String> names) {
        return keys.isEmpty() ? "" : " by " + named(keys, names);
    }

    static List<Column> columns(List<Expression> keys, List<String> names, List<AggregateCall> calls) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(new Column(names.get(i), keys.get(i).type()));
        }
        calls.forEach(call -> columns.add(new Column(call.name(), call.type())));
        return columns;
    }
}
