package io.varuna.sql;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Schema;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Operator;
import io.varuna.plan.Output;
import io.varuna.plan.Output.OutputColumn;
import io.varuna.plan.Output.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a query in FROM. A star over a stream without declared columns makes them open. */
final class DerivedColumns {
    private static final DataType STRUCT = DataType.struct(Schema.OPEN);

    private final List<OutputColumn> columns;
    private final List<InputColumn> inputs = new ArrayList<>();
    private final Map<String, Integer> named = new HashMap<>();
    private final Schema schema;

    DerivedColumns(Output root) {
        this.columns = root.columns();
        List<Column> output = root.output();
        List<Column> known = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            inputs.add(
                    new InputColumn(column.index(), column.name(), output.get(i).type()));
            if (column.presence() != Presence.SPREAD) {
                named.put(column.name(), i);
                known.add(output.get(i));
            }
        }
        this.schema = new Schema(known, known.size() < columns.size());
    }

    Schema schema() {
        return schema;
    }

    Presence presence(String column) {
        Integer index = named.get(column);
        // of a member that nobody declared, only the value tells whether it was there
        Presence presence =
                index == null ? Presence.NOT_NULL : columns.get(index).presence();
        // what a table function gave is a value like any other by now
        return presence == Presence.UNNESTED ? Presence.AS_IS : presence;
    }

    List<Expression> expressions(Iterable<String> names) {
        List<Expression> expressions = new ArrayList<>();
        names.forEach(name -> expressions.add(expression(name)));
        return expressions;
    }

    private Expression expression(String name) {
        if (name.equals(Source.RECORD)) {
            return record();
        }
        Integer index = named.get(name);
        if (index != null) {
            return inputs.get(index);
        }
        List<Expression> members = spreads().stream()
                .map(spread -> operation(Operator.MEMBER, DataType.ANY, List.of(spread, text(name))))
                .toList();
        return members.size() == 1 ? members.get(0) : operation(Operator.COALESCE, DataType.ANY, members);
    }

    private List<Expression> spreads() {
        List<Expression> spreads = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).presence() == Presence.SPREAD) {
                spreads.add(inputs.get(i));
            }
        }
        return spreads;
    }

    /** Returns the row as the query by itself would put it out: columns with a name go before those of a star. */
    private Expression record() {
        List<Expression> names = named.keySet().stream()
                .sorted()
                .<Expression>map(DerivedColumns::text)
                .toList();
        List<Expression> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            InputColumn value = inputs.get(i);
            switch (column.presence()) {
                case SPREAD -> {
                    List<Expression> operands = new ArrayList<>(List.of(value));
                    operands.addAll(names);
                    parts.add(names.isEmpty() ? value : operation(Operator.EXCEPT, STRUCT, operands));
                }
                case AS_IS, UNNESTED -> parts.add(
                        operation(Operator.STRUCT, STRUCT, List.of(text(column.name()), value)));
                    // leaves NULL out
                case NOT_NULL -> parts.add(operation(
                        Operator.REPLACE,
                        STRUCT,
                        List.of(operation(Operator.STRUCT, STRUCT, List.of()), text(column.name()), value)));
            }
        }
        return parts.size() == 1 ? parts.get(0) : operation(Operator.MERGE, STRUCT, parts);
    }

    private static Expression operation(Operator operator, DataType type, List<Expression> operands) {
        return new Operation(operator, operands, type);
    }

    private static Expression text(String value) {
        return new Literal(value, DataType.VARCHAR);
    }
}
