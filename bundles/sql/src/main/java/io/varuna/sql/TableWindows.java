package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import io.varuna.plan.WindowSpec.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Reads the windows that FROM has as functions of a table: TUMBLE, HOP and SESSION. */
final class TableWindows {
    /** The names of the arguments of windows in FROM, in their order. */
    private static final Map<String, List<String>> NAMES = Map.of(
            "TUMBLE", List.of("DATA", "TIMECOL", "SIZE"),
            "HOP", List.of("DATA", "TIMECOL", "SLIDE", "SIZE"),
            "SESSION", List.of("DATA", "TIMECOL", "GAP"));

    private final @Nullable SqlNodeList groups;
    private final StatementText text;
    private final Calls calls;

    /**
     * Creates the reader.
     *
     * @param groups what the query groups by; null if nothing
     */
    TableWindows(@Nullable SqlNodeList groups, StatementText text, Calls calls) {
        this.groups = groups;
        this.text = text;
        this.calls = calls;
    }

    /**
     * A window over a table.
     *
     * @param table a name or a query
     * @param descriptor DESCRIPTOR of the column that has the time
     */
    record TableWindow(SqlNode table, SqlNode descriptor, WindowSpec spec) {}

    /** Reads TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND), and the others likewise. */
    TableWindow read(SqlCall call) {
        String function = call.getOperator().getName().toUpperCase(Locale.ROOT);
        List<SqlNode> arguments = positional(call, function);
        int needed =
                switch (function) {
                    case "TUMBLE", "SESSION" -> 3;
                    case "HOP" -> 4;
                    default -> throw calls.unsupported(
                            "FROM takes the table functions TUMBLE, HOP and SESSION, not '" + function + "'", call);
                };
        if (arguments.size() != needed) {
            throw invalid("The window has the wrong number of arguments. " + example(function), call);
        }
        SqlNode table = table(arguments.get(0), function);
        Unit unit = unit(arguments.get(2));
        long first = millis(arguments.get(2), function);
        WindowSpec window =
                switch (function) {
                    case "TUMBLE" -> WindowReader.spec(Kind.TUMBLING, unit, first, first, 0);
                    case "HOP" -> WindowReader.spec(Kind.HOPPING, unit, millis(arguments.get(3), function), first, 0);
                    default -> WindowReader.spec(Kind.SESSION, unit, Long.MAX_VALUE, first, 0);
                };
        return new TableWindow(table, arguments.get(1), window);
    }

    private SqlNode table(SqlNode argument, String function) {
        SqlNode table = argument;
        if (table.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
            checkPartitions(((SqlCall) table).operand(1));
            table = ((SqlCall) table).operand(0);
        }
        if (table.getKind() == SqlKind.EXPLICIT_TABLE) {
            return ((SqlCall) table).operand(0);
        }
        if (table.isA(SqlKind.QUERY)) {
            return table;
        }
        throw invalid("A window in FROM is over one stream or query. " + example(function), table);
    }

    /** Returns the arguments in their order, also where they have names. */
    private List<SqlNode> positional(SqlCall call, String function) {
        List<String> names = NAMES.getOrDefault(function, List.of());
        List<SqlNode> arguments = new ArrayList<>(call.getOperandList());
        for (SqlNode argument : call.getOperandList()) {
            if (argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                SqlNode name = ((SqlCall) argument).operand(1);
                int place = names.indexOf(name.toString().toUpperCase(Locale.ROOT));
                if (place < 0 || place >= arguments.size()) {
                    throw invalid(
                            "The window has no argument '" + name + "'. It has: " + String.join(", ", names), name);
                }
                arguments.set(place, ((SqlCall) argument).operand(0));
            }
        }
        return arguments;
    }

    /** Sessions are those of the groups of the query: what they are partitioned by has to be among its keys. */
    private void checkPartitions(SqlNodeList partitions) {
        for (SqlNode partition : partitions) {
            boolean grouped =
                    groups != null && groups.stream().anyMatch(group -> group.equalsDeep(partition, Litmus.IGNORE));
            if (!grouped) {
                throw invalid(
                        "A window in FROM is partitioned by what the query groups by. Add '" + text.at(partition)
                                + "' to GROUP BY",
                        partition);
            }
        }
    }

    /** Refuses a window whose DESCRIPTOR names no column of the source, or another than that of its time. */
    void checkTime(TableWindow window, Source source) {
        SqlNode descriptor = window.descriptor();
        if (!ExpressionRewriter.isCall(descriptor, "DESCRIPTOR")
                || ((SqlCall) descriptor).operandCount() != 1
                || !(((SqlCall) descriptor).operand(0) instanceof SqlIdentifier column)) {
            throw invalid("A window in FROM names its time by DESCRIPTOR(column)", descriptor);
        }
        String name = column.names.get(column.names.size() - 1);
        if (!source.has(name)) {
            throw text.error(
                    StandardError.COLUMN_NOT_FOUND,
                    "There is no column '" + name + "' in " + source.relation().describe()
                            + StatementText.suggest(name, source.schema().names(), "The columns are"),
                    column);
        }
        if (source.relation() instanceof Relation.Declared declared) {
            declared.definition()
                    .options()
                    .timestamp()
                    .filter(timestamp -> !timestamp.equals(name))
                    .ifPresent(timestamp -> {
                        throw invalid(
                                "The time of " + declared.describe() + " is its column '" + timestamp
                                        + "'. Write DESCRIPTOR(" + timestamp + ")",
                                descriptor);
                    });
        }
    }

    private long millis(SqlNode node, String function) {
        long millis = Intervals.millis(node).orElse(0);
        if (millis > 0) {
            return millis;
        }
        throw invalid("'" + text.at(node) + "' is no length of time. " + example(function), node);
    }

    private static Unit unit(SqlNode node) {
        if (node instanceof SqlIntervalLiteral literal && literal.getValue() instanceof IntervalValue interval) {
            TimeUnit unit = interval.getIntervalQualifier().getStartUnit();
            return switch (unit) {
                case DAY -> Unit.DD;
                case HOUR -> Unit.HH;
                case MINUTE -> Unit.MI;
                default -> Unit.SS;
            };
        }
        return Unit.SS;
    }

    private static String example(String function) {
        return switch (function) {
            case "TUMBLE" -> "Write TUMBLE(TABLE demo, DESCRIPTOR(ts), INTERVAL '10' SECOND)";
            case "HOP" -> "Write HOP(TABLE demo, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND): hop, length";
            default -> "Write SESSION(TABLE demo, DESCRIPTOR(ts), INTERVAL '5' SECOND)";
        };
    }

    private RuntimeException invalid(String problem, SqlNode node) {
        return text.error(StandardError.INVALID_WINDOW, problem, node);
    }
}
