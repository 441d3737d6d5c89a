package io.varuna.sql;

import io.varuna.api.error.StandardError;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.plan.Catalog;
import io.varuna.plan.Operator;
import io.varuna.sql.parser.WhenWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Rewrites calls of functions: those of plugins, and the few that are the engine's own. */
final class FunctionRewriter {
    private final ExpressionRewriter expressions;
    private final KnownFunctions known;
    private final StatementText text;
    private final Calls calls;
    private final Records records;
    private final OverCalls over;
    private final RunningCalls running;
    private final EngineFunctions engine;
    private final StandardFunctions standard;

    FunctionRewriter(
            ExpressionRewriter expressions,
            Scope scope,
            KnownFunctions known,
            Catalog catalog,
            StatementText text,
            Calls calls) {
        this.expressions = expressions;
        this.known = known;
        this.text = text;
        this.calls = calls;
        this.records = new Records(expressions, scope, text, calls);
        this.over = new OverCalls(expressions, scope, text, calls);
        this.running = new RunningCalls(expressions, scope, catalog, text, calls);
        this.engine = new EngineFunctions(expressions, scope, known, text, calls, over);
        this.standard = new StandardFunctions(expressions, known, scope, text, calls);
    }

    Records records() {
        return records;
    }

    /** Lets OVER refer to the windows that the clause WINDOW names. */
    void windows(SqlNodeList declared) {
        over.windows(declared);
    }

    /** Returns what CURRENT_TIMESTAMP and its like stand for in the standard dialect, where they need no parentheses. */
    Optional<SqlNode> currentTime(SqlIdentifier name) {
        return engine.currentTime(name);
    }

    SqlNode rewrite(SqlCall call, int item) {
        if (call.getKind() == SqlKind.FILTER) {
            return filter(call, item);
        }
        if (call.getKind() == SqlKind.OVER) {
            return withOver(call, item);
        }
        return function(call, item, null);
    }

    private SqlNode filter(SqlCall call, int item) {
        if (standard.joinedTexts().areMeantBy(call.operand(0))) {
            SqlNode condition = calls.truth("FILTER", expressions.rewrite(call.operand(1), item));
            return standard.joinedTexts().rewrite(call.operand(0), calls.repeated(condition), item);
        }
        SqlNode aggregate = expressions.rewrite(call.operand(0), item);
        if (!Content.isAggregate(aggregate)) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "FILTER belongs to aggregate functions and windows, which '" + text.at(call.operand(0))
                            + "' is not",
                    call);
        }
        SqlNode condition = expressions.rewrite(call.operand(1), item);
        return SqlStdOperatorTable.FILTER.createCall(
                call.getParserPosition(), aggregate, calls.truth("FILTER", condition));
    }

    private SqlNode withOver(SqlCall call, int item) {
        SqlCall inner = call.operand(0);
        SqlWindow window = over.window(call);
        if (inner.getOperator().getName().equalsIgnoreCase("row_number")) {
            return over.rowNumber(inner, window, item);
        }
        if (isAggregate(inner)) {
            return overRows(inner, window, call, item);
        }
        if (window.getLowerBound() != null) {
            throw calls.unsupported(
                    "Frames of rows belong to aggregate functions, which '"
                            + inner.getOperator().getName() + "' is not." + " Remove ROWS or RANGE",
                    window);
        }
        running.checkOrder(window);
        return function(inner, item, window);
    }

    private boolean isAggregate(SqlCall call) {
        return call.getKind() == SqlKind.FILTER
                || known.find(call)
                        .filter(function -> function.kind() == FunctionKind.AGGREGATE)
                        .isPresent();
    }

    private SqlNode overRows(SqlCall inner, SqlWindow window, SqlCall call, int item) {
        if (window instanceof WhenWindow) {
            throw calls.unsupported(
                    "WHEN belongs to analytic functions such as lag. Write " + text.at(inner)
                            + " FILTER (WHERE ...) OVER" + " (...)",
                    window);
        }
        SqlNode aggregate = expressions.rewrite(inner, item);
        if (!(aggregate instanceof SqlCall rewritten) || !Content.isAggregate(aggregate)) {
            throw calls.unsupported("'" + text.at(inner) + "' cannot have OVER. Write one aggregate function", inner);
        }
        return running.rewrite(rewritten, window, call, item);
    }

    private SqlNode function(SqlCall call, int item, @Nullable SqlWindow window) {
        String name = call.getOperator().getName();
        String key = name.toLowerCase(Locale.ROOT);
        SqlParserPos position = call.getParserPosition();
        if (window == null) {
            Optional<SqlNode> own = engine.rewrite(call, key, item);
            if (own.isPresent()) {
                return own.get();
            }
            Optional<SqlNode> rewritten = standard.rewrite(call, key, item);
            if (rewritten.isPresent()) {
                return rewritten.get();
            }
        }
        FunctionDefinition function = known.called(call);
        boolean distinct = isDistinct(call);
        if (distinct && function.kind() != FunctionKind.AGGREGATE) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "DISTINCT belongs to aggregate functions, which '" + name + "' is not",
                    call);
        }
        if (window != null && function.kind() != FunctionKind.ANALYTIC) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "OVER belongs to aggregate functions, and to analytic ones such as lag, which '" + name
                            + "' is not",
                    call);
        }
        List<SqlNode> arguments =
                key.equals("changed_cols") ? changedColumns(call, item) : arguments(call, function, item);
        if (key.equals("deduplicate")) {
            addRecord(arguments, call);
        }
        switch (function.kind()) {
            case SCALAR -> {
                return calls.scalar(function, arguments, position);
            }
            case AGGREGATE -> {
                if (arguments.stream().anyMatch(Content::hasAggregate)) {
                    // inside of an aggregate, the name of an alias for an aggregate is that of the column
                    arguments = arguments(call, function, Scope.NO_ALIASES);
                    if (key.equals("deduplicate")) {
                        addRecord(arguments, call);
                    }
                }
                for (SqlNode argument : arguments) {
                    if (Content.hasAggregate(argument) || Content.has(argument, Meaning.OverRows.class)) {
                        throw text.error(
                                StandardError.INVALID_ARGUMENT,
                                "The aggregate function '" + name + "' cannot take the result of another one",
                                argument);
                    }
                }
                SqlCall aggregate = (SqlCall) calls.aggregate(function, arguments, position);
                return distinct
                        ? aggregate
                                .getOperator()
                                .createCall(
                                        SqlSelectKeyword.DISTINCT.symbol(position),
                                        position,
                                        aggregate.getOperandList())
                        : aggregate;
            }
            case ANALYTIC -> {
                return over.analytic(function, arguments, window, item, position);
            }
            case TABLE -> throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'" + name + "' makes several rows of one. It can only be a column of SELECT by itself",
                    call);
        }
        throw new IllegalStateException(function.kind().name());
    }

    /** Returns the call of a table function, or null where the node is none. */
    @Nullable
    SqlNode expansion(SqlNode node, int item) {
        if (!(node instanceof SqlBasicCall call)
                || !(call.getOperator() instanceof SqlFunction)
                // EXTRACT(YEAR FROM time), which is not that of objects
                || (call.operandCount() > 1 && call.operand(0) instanceof SqlIntervalQualifier)
                || engine.rewrite(call, call.getOperator().getName().toLowerCase(Locale.ROOT), item)
                        .isPresent()) {
            return null;
        }
        return known.find(call)
                .filter(function -> function.kind() == FunctionKind.TABLE)
                .map(function -> calls.expand(function, arguments(call, function, item), call.getParserPosition()))
                .orElse(null);
    }

    /** What deduplicate returns are records, which it takes as an argument that nobody writes. */
    private void addRecord(List<SqlNode> arguments, SqlCall call) {
        if (arguments.size() != 2) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'deduplicate' takes 2 arguments, not " + arguments.size() + ": deduplicate(value, all)",
                    call);
        }
        arguments.add(records.of(SqlIdentifier.star(call.getParserPosition()), Scope.NO_ALIASES));
    }

    static boolean isDistinct(SqlCall call) {
        SqlLiteral quantifier = call.getFunctionQuantifier();
        return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    }

    private List<SqlNode> arguments(SqlCall call, FunctionDefinition function, int item) {
        List<SqlNode> arguments = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (!Records.isStar(operand)) {
                arguments.add(expressions.rewrite(operand, item));
                continue;
            }
            if (!function.star()) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "'" + function.name() + "' does not take '*': " + function.signature(),
                        operand);
            }
            arguments.add(records.of(operand, item));
        }
        return arguments;
    }

    /** The values of changed_cols come as one struct, with their names. */
    private List<SqlNode> changedColumns(SqlCall call, int item) {
        List<SqlNode> operands = call.getOperandList();
        SqlParserPos position = call.getParserPosition();
        if (operands.size() < 3) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "'changed_cols' takes a prefix, whether to ignore NULL, and columns, such as changed_cols('', true, *)",
                    call);
        }
        List<SqlNode> structs = new ArrayList<>();
        for (SqlNode operand : Calls.rest(operands, 2)) {
            structs.add(
                    Records.isStar(operand)
                            ? records.of(operand, item)
                            : calls.apply(
                                    Operator.STRUCT,
                                    operand.getParserPosition(),
                                    calls.text(
                                            OutputNames.of(operand).orElse(text.at(operand)),
                                            operand.getParserPosition()),
                                    expressions.rewrite(operand, item)));
        }
        List<SqlNode> arguments = new ArrayList<>(expressions.rewriteAll(operands.subList(0, 2), item));
        arguments.add(structs.size() == 1 ? structs.get(0) : calls.apply(Operator.MERGE, position, structs));
        return arguments;
    }
}
