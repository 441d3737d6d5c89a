package io.varuna.engine;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression;
import io.varuna.plan.Filter;
import io.varuna.plan.LookupJoin;
import io.varuna.plan.Operator;
import io.varuna.plan.Output;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Project;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.StreamOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans and definitions made by hand. */
final class Plans {
    private Plans() {}

    static StreamDefinition stream(String name, String... options) {
        return stream(name, Schema.OPEN, options);
    }

    static StreamDefinition stream(String name, Schema schema, String... options) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("TYPE", "test");
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        return new StreamDefinition(name, StreamKind.STREAM, schema, Map.of(), new StreamOptions(values), "");
    }

    /** Makes a lookup table whose type is its name; {@code extra} is JSON. */
    static StreamDefinition table(String name, String extra) {
        return new StreamDefinition(
                name,
                StreamKind.LOOKUP_TABLE,
                Schema.OPEN,
                Map.of(),
                new StreamOptions(Map.of("TYPE", name, "EXTRA", extra)),
                "");
    }

    static Scan scan(String... columns) {
        return scanOf("demo", columns);
    }

    static Scan scanOf(String stream, String... columns) {
        return new Scan(
                stream,
                stream,
                List.of(columns).stream()
                        .map(name -> new Scan.ScanColumn(name, DataType.ANY, Scan.ColumnSource.FIELD))
                        .toList());
    }

    /** Completes rows by the column {@code name} of a table, of which the column {@code id} is the key. */
    static LookupJoin lookup(Scan scan, String table, String key, boolean outer) {
        return new LookupJoin(
                scan,
                table,
                table,
                List.of(new Scan.ScanColumn("name", DataType.ANY, Scan.ColumnSource.FIELD)),
                List.of("id"),
                List.of(column(scan, key)),
                null,
                outer);
    }

    static Expression column(PlanNode node, String name) {
        List<Column> columns = node.output();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return new Expression.InputColumn(i, name, columns.get(i).type());
            }
        }
        throw new IllegalArgumentException(name);
    }

    static Expression literal(Object value) {
        DataType type =
                value instanceof Long ? DataType.BIGINT : value instanceof Double ? DataType.DOUBLE : DataType.ANY;
        return new Expression.Literal(value, type);
    }

    static Expression operation(Operator operator, Expression... operands) {
        return new Expression.Operation(operator, List.of(operands), DataType.ANY);
    }

    static Filter filter(PlanNode input, Expression condition) {
        return new Filter(input, condition);
    }

    static Project project(PlanNode input, Map<String, Expression> columns) {
        return new Project(input, List.copyOf(columns.values()), List.copyOf(columns.keySet()));
    }

    /** Puts out all columns as they are. */
    static RulePlan plan(PlanNode node, String... functions) {
        List<Output.OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < node.output().size(); i++) {
            columns.add(new Output.OutputColumn(node.output().get(i).name(), i, Output.Presence.AS_IS));
        }
        return new RulePlan(Dialect.RULE, new Output(node, columns), List.of("demo"), List.of(functions));
    }
}
