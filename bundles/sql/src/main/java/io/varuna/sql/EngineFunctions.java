package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.plan.Dialect;
import io.varuna.plan.Expression.ContextValue;
import io.varuna.plan.Operator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Rewrites calls of the few functions that are the engine's own, and of no plugin. */
final class EngineFunctions {
    private static final Map<String, ContextValue.Kind> CONTEXT = Map.of(
            "event_time", ContextValue.Kind.EVENT_TIME,
            "last_hit_count", ContextValue.Kind.LAST_HIT_COUNT,
            "last_agg_hit_count", ContextValue.Kind.LAST_HIT_COUNT,
            "last_hit_time", ContextValue.Kind.LAST_HIT_TIME,
            "last_agg_hit_time", ContextValue.Kind.LAST_HIT_TIME,
            "rule_id", ContextValue.Kind.RULE_ID,
            "rule_start", ContextValue.Kind.RULE_START);

    private final ExpressionRewriter expressions;
    private final Scope scope;
    private final KnownFunctions functions;
    private final StatementText text;
    private final Calls calls;
    private final OverCalls over;
    private final WaitingCalls waiting;

    EngineFunctions(
            ExpressionRewriter expressions,
            Scope scope,
            KnownFunctions functions,
            StatementText text,
            Calls calls,
            OverCalls over) {
        this.expressions = expressions;
        this.scope = scope;
        this.functions = functions;
        this.text = text;
        this.calls = calls;
        this.over = over;
        this.waiting = new WaitingCalls(expressions, text, calls);
    }

    /** Returns what the call stands for, or nothing where the function is not the engine's own. */
    Optional<SqlNode> rewrite(SqlCall call, String name, int item) {
        SqlParserPos position = call.getParserPosition();
        ContextValue.Kind context = CONTEXT.get(name);
        int windowColumn = Scope.windowColumn(name);
        if ((context != null || windowColumn >= 0) && call.operandCount() > 0) {
            throw text.error(StandardError.INVALID_ARGUMENT, "'" + name + "' takes no arguments", call);
        }
        if (context != null) {
            return Optional.of(calls.context(context, position));
        }
        if (windowColumn >= 0) {
            return Optional.of(calls.windowColumn(windowColumn, position));
        }
        if (name.equals("count")
                && call.operandCount() == 1
                && Records.isStar(call.operand(0))
                && !FunctionRewriter.isDistinct(call)) {
            return Optional.of(AggregateOperator.countRows().createCall(position));
        }
        if (name.equals("meta") || name.equals("mqtt")) {
            return Optional.of(metadata(call, name));
        }
        if (name.equals("coalesce") && call.operandCount() > 0) {
            return Optional.of(
                    calls.apply(Operator.COALESCE, position, expressions.rewriteAll(call.getOperandList(), item)));
        }
        if (name.equals("array_map")) {
            return Optional.of(each(call, item));
        }
        if (name.equals("delay")) {
            return Optional.of(waiting.delay(call, item));
        }
        if (name.equals("dedup_trigger")) {
            return Optional.of(waiting.dedupTrigger(call, item));
        }
        if (name.equals("row_number")) {
            return Optional.of(over.rowNumber(call, null, item));
        }
        return Optional.empty();
    }

    /**
     * Returns what CURRENT_TIMESTAMP and its like stand for: datetimes, but a text where it is no more than the time of day.
     * In back-ticks the name is that of a column.
     */
    Optional<SqlNode> currentTime(SqlIdentifier identifier) {
        if (scope.dialect() == Dialect.RULE || !identifier.isSimple() || identifier.isComponentQuoted(0)) {
            return Optional.empty();
        }
        SqlParserPos position = identifier.getParserPosition();
        return switch (identifier.getSimple().toUpperCase(Locale.ROOT)) {
            case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" -> Optional.of(
                    calls.cast(call("tstamp", identifier), DataType.TIMESTAMP, position));
            case "CURRENT_DATE" -> Optional.of(calls.cast(call("cur_date", identifier), DataType.TIMESTAMP, position));
            case "CURRENT_TIME", "LOCALTIME" -> Optional.of(call("cur_time", identifier));
            default -> Optional.empty();
        };
    }

    private SqlNode call(String function, SqlIdentifier written) {
        return calls.scalar(functions.named(function, written), List.of(), written.getParserPosition());
    }

    /** Rewrites array_map('function', list). Which function it is has to be known, as with any call. */
    private SqlNode each(SqlCall call, int item) {
        SqlParserPos position = call.getParserPosition();
        if (call.operandCount() != 2 || !(call.operand(0) instanceof SqlLiteral literal)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'array_map' takes the name of a function as a text, and a list: array_map('abs', values)",
                    call);
        }
        String name = String.valueOf(literal.toValue());
        FunctionDefinition function = functions.named(name, literal);
        List<Argument> element = List.of(new Argument(DataType.ANY, false, null, "element"));
        if (function.kind() != FunctionKind.SCALAR || function.problem(element).isPresent()) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'array_map' takes scalar functions of one argument, which '" + name + "' is not: "
                            + function.signature(),
                    literal);
        }
        return calls.apply(
                Operator.EACH,
                position,
                calls.text(function.name(), literal.getParserPosition()),
                expressions.rewrite(call.operand(1), item));
    }

    private SqlNode metadata(SqlCall call, String name) {
        if (call.operandCount() != 1) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'" + name + "' takes the name of one item of metadata, such as " + name + "(topic)",
                    call);
        }
        return metadataItem(call.operand(0), name);
    }

    private SqlNode metadataItem(SqlNode key, String name) {
        SqlParserPos position = key.getParserPosition();
        if (key instanceof SqlCall path
                && path.operandCount() == 2
                && path.operand(1) instanceof SqlIdentifier member) {
            return calls.path(metadataItem(path.operand(0), name), member.names, position);
        }
        if (key instanceof SqlLiteral literal && literal.getValue() != null) {
            SqlNode all = scope.column(scope.sources().get(0), Source.METADATA, position);
            return calls.path(
                    all, List.of(literal.toValue() == null ? "" : String.valueOf(literal.toValue())), position);
        }
        if (!(key instanceof SqlIdentifier identifier)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT, "'" + name + "' takes the name of an item, such as topic", key);
        }
        Optional<Source> source =
                identifier.names.size() > 1 ? scope.source(identifier.names.get(0)) : Optional.empty();
        SqlNode all = scope.column(source.orElse(scope.sources().get(0)), Source.METADATA, position);
        List<String> names = Calls.rest(identifier.names, source.isPresent() ? 1 : 0);
        return calls.path(all, identifier.isStar() ? names.subList(0, names.size() - 1) : names, position);
    }
}
