package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.manage.StreamKind;
import io.varuna.plan.Catalog;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import io.varuna.plan.WindowSpec.Unit;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/** Reads FROM. */
final class FromReader {
    private final Catalog catalog;
    private final StatementText text;
    private final Calls calls;

    FromReader(Catalog catalog, StatementText text, Calls calls) {
        this.catalog = catalog;
        this.text = text;
        this.calls = calls;
    }

    List<Source> read(@Nullable SqlNode from) {
        if (from == null) {
            return List.of();
        }
        if (from instanceof SqlJoin join) {
            throw calls.unsupported("Joins are not supported here", join.getRight());
        }
        return List.of(source(from, null));
    }

    private Source source(SqlNode node, @Nullable String alias) {
        if (node.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) node;
            if (as.operandCount() > 2) {
                throw calls.unsupported(
                        "New names for the columns of a stream are not supported. Use AS in SELECT", as);
            }
            return source(as.operand(0), ((SqlIdentifier) as.operand(1)).getSimple());
        }
        if (node instanceof SqlIdentifier identifier) {
            return stream(identifier, alias, null);
        }
        if (node.getKind() == SqlKind.COLLECTION_TABLE) {
            return windowed(((SqlCall) node).operand(0), alias);
        }
        throw calls.unsupported("FROM takes the name of a stream here", node);
    }

    private Source stream(SqlIdentifier identifier, @Nullable String alias, @Nullable WindowSpec window) {
        String name = String.join(".", identifier.names);
        StreamDefinition definition = catalog.stream(name)
                .orElseThrow(() -> text.error(
                        StandardError.STREAM_NOT_FOUND,
                        "There is no stream '" + name + "'"
                                + StatementText.suggest(name, catalog.streamNames(), "The streams are"),
                        identifier));
        if (definition.kind() != StreamKind.STREAM) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "'" + name + "' is a table. A rule reads at least one stream, and joins tables to it",
                    identifier);
        }
        return new Source(alias == null ? name : alias, definition, window);
    }

    /** Reads TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND), and HOP likewise. */
    private Source windowed(SqlCall call, @Nullable String alias) {
        String function = call.getOperator().getName().toUpperCase(Locale.ROOT);
        List<SqlNode> arguments = call.getOperandList();
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
        SqlNode table = arguments.get(0);
        if (table.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
            table = ((SqlCall) table).operand(0);
        }
        if (table.getKind() != SqlKind.EXPLICIT_TABLE
                || !(((SqlCall) table).operand(0) instanceof SqlIdentifier name)) {
            throw invalid("A window in FROM is over one stream. " + example(function), table);
        }
        Unit unit = unit(arguments.get(2));
        long first = millis(arguments.get(2), function);
        WindowSpec window =
                switch (function) {
                    case "TUMBLE" -> WindowReader.spec(Kind.TUMBLING, unit, first, first, 0);
                    case "HOP" -> WindowReader.spec(Kind.HOPPING, unit, millis(arguments.get(3), function), first, 0);
                    default -> WindowReader.spec(Kind.SESSION, unit, Long.MAX_VALUE, first, 0);
                };
        Source source = stream(name, alias, window);
        checkDescriptor(arguments.get(1), source);
        return source;
    }

    private void checkDescriptor(SqlNode descriptor, Source source) {
        if (!ExpressionRewriter.isCall(descriptor, "DESCRIPTOR")
                || !(((SqlCall) descriptor).operand(0) instanceof SqlIdentifier column)) {
            throw invalid("A window in FROM names its time by DESCRIPTOR(column)", descriptor);
        }
        source.definition().options().timestamp().ifPresent(timestamp -> {
            if (!timestamp.equals(column.names.get(column.names.size() - 1))) {
                throw invalid(
                        "The time of stream '" + source.definition().name() + "' is its column '" + timestamp
                                + "'. Write DESCRIPTOR(" + timestamp + ")",
                        descriptor);
            }
        });
    }

    private long millis(SqlNode node, String function) {
        if (node instanceof SqlIntervalLiteral literal && literal.getValue() instanceof IntervalValue interval) {
            if (!interval.getIntervalQualifier().isYearMonth()) {
                long millis = SqlParserUtil.intervalToMillis(interval);
                if (millis > 0) {
                    return millis;
                }
            }
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

    /** Returns FROM as Calcite sees it: a table for each source, by its alias. */
    static SqlNode from(List<Source> sources, SqlParserPos position) {
        Source source = sources.get(0);
        return SqlStdOperatorTable.AS.createCall(
                position, new SqlIdentifier("$source0", position), new SqlIdentifier(source.alias(), position));
    }
}
