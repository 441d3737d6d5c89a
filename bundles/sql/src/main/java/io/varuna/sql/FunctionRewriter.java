package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.api.function.Argument;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.function.FunctionKind;
import io.varuna.plan.Catalog;
import io.varuna.plan.Expression.ContextValue;
import io.varuna.plan.Operator;
import io.varuna.sql.parser.StarSelection;
import io.varuna.sql.parser.WhenWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Rewrites calls of functions: those of plugins, and the few that are the engine's own. */
final class FunctionRewriter {
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
    private final Catalog catalog;
    private final StatementText text;
    private final Calls calls;
    private final Map<String, SqlWindow> windows = new HashMap<>();

    FunctionRewriter(ExpressionRewriter expressions, Scope scope, Catalog catalog, StatementText text, Calls calls) {
        this.expressions = expressions;
        this.scope = scope;
        this.catalog = catalog;
        this.text = text;
        this.calls = calls;
    }

    SqlNode rewrite(SqlCall call, int item) {
        if (call.getKind() == SqlKind.FILTER) {
            return filter(call, item);
        }
        if (call.getKind() == SqlKind.OVER) {
            return over(call, item);
        }
        return function(call, item, null);
    }

    private SqlNode filter(SqlCall call, int item) {
        SqlNode aggregate = expressions.rewrite(call.operand(0), item);
        if (!isAggregate(aggregate)) {
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

    static boolean isAggregate(SqlNode node) {
        return node instanceof SqlCall call
                && (call.getOperator() instanceof AggregateOperator
                        || (call.getKind() == SqlKind.FILTER && isAggregate(call.operand(0))));
    }

    /** Tells whether an aggregate is somewhere in the expression. */
    static boolean containsAggregate(SqlNode node) {
        try {
            node.accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlCall call) {
                    if (isAggregate(call)) {
                        throw new Util.FoundOne(call);
                    }
                    return super.visit(call);
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }

    private SqlNode over(SqlCall call, int item) {
        SqlCall inner = call.operand(0);
        SqlWindow window = call.operand(1) instanceof SqlIdentifier name
                ? namedWindow(name)
                : (SqlWindow) call.<SqlNode>operand(1);
        if (window.getRefName() != null) {
            throw calls.unsupported(
                    "A window that adds to another one is not supported. Write all of it in one place", window);
        }
        if (inner.getOperator().getName().equalsIgnoreCase("row_number")) {
            return rowNumber(inner, window, item);
        }
        if (!window.getOrderList().isEmpty() || window.getLowerBound() != null) {
            throw calls.unsupported(
                    "OVER takes PARTITION BY and WHEN. Rows are always in the order in which they come", window);
        }
        return function(inner, item, window);
    }

    /** Lets OVER refer to the windows that the clause WINDOW names. */
    void windows(SqlNodeList declared) {
        declared.forEach(node -> {
            SqlWindow window = (SqlWindow) node;
            String name = String.valueOf(window.getDeclName());
            if (windows.put(name, window) != null) {
                throw text.error(
                        StandardError.COLUMN_AMBIGUOUS, "WINDOW has two windows with the name '" + name + "'", window);
            }
        });
    }

    private SqlWindow namedWindow(SqlIdentifier name) {
        SqlWindow window = windows.get(name.toString());
        if (window == null) {
            throw text.error(
                    StandardError.INVALID_WINDOW,
                    "There is no window '" + name + "'"
                            + StatementText.suggest(name.toString(), windows.keySet(), "The clause WINDOW has"),
                    name);
        }
        return window;
    }

    private SqlNode function(SqlCall call, int item, @Nullable SqlWindow over) {
        String name = call.getOperator().getName();
        String key = name.toLowerCase(Locale.ROOT);
        SqlParserPos position = call.getParserPosition();
        if (over == null) {
            Optional<SqlNode> own = own(call, key, item);
            if (own.isPresent()) {
                return own.get();
            }
        }
        FunctionDefinition function = catalog.function(name).orElseThrow(() -> notFound(name, call));
        boolean distinct = isDistinct(call);
        if (distinct && function.kind() != FunctionKind.AGGREGATE) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "DISTINCT belongs to aggregate functions, which '" + name + "' is not",
                    call);
        }
        if (over != null && function.kind() != FunctionKind.ANALYTIC) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "OVER belongs to analytic functions such as lag, which '" + name + "' is not."
                            + (function.kind() == FunctionKind.AGGREGATE ? " Put a window into GROUP BY instead" : ""),
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
                if (arguments.stream().anyMatch(FunctionRewriter::containsAggregate)) {
                    // inside of an aggregate, the name of an alias for an aggregate is that of the column
                    arguments = arguments(call, function, Scope.NO_ALIASES);
                    if (key.equals("deduplicate")) {
                        addRecord(arguments, call);
                    }
                }
                for (SqlNode argument : arguments) {
                    if (containsAggregate(argument)) {
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
                return analytic(function, arguments, over, item, position);
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
                || own(call, call.getOperator().getName().toLowerCase(Locale.ROOT), item)
                        .isPresent()) {
            return null;
        }
        return catalog.function(call.getOperator().getName())
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
        arguments.add(record(SqlIdentifier.star(call.getParserPosition()), Scope.NO_ALIASES));
    }

    private SqlNode analytic(
            FunctionDefinition function,
            List<SqlNode> arguments,
            @Nullable SqlWindow over,
            int item,
            SqlParserPos position) {
        if (scope.sources().size() > 1) {
            throw text.error(
                    StandardError.UNSUPPORTED,
                    "The analytic function '" + function.name()
                            + "' needs the order of one stream's rows and cannot be used in a join",
                    position);
        }
        List<SqlNode> partitionBy = new ArrayList<>();
        SqlNode when = null;
        if (over != null) {
            partitionBy.addAll(expressions.rewriteAll(over.getPartitionList(), item));
            if (over instanceof WhenWindow conditional) {
                when = expressions.rewrite(conditional.when(), item);
            }
        }
        for (SqlNode operand : arguments) {
            if (containsAggregate(operand)) {
                throw calls.unsupported(
                        "The analytic function '" + function.name() + "' sees rows before they are aggregated",
                        operand);
            }
        }
        return calls.analytic(function, arguments, partitionBy, when, position);
    }

    private RuntimeException notFound(String name, SqlCall call) {
        if (WindowReader.isWindow(name)) {
            return text.error(
                    StandardError.INVALID_WINDOW, "The window '" + name + "' belongs into GROUP BY, not here", call);
        }
        if (call.getKind() != SqlKind.OTHER_FUNCTION && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return calls.unsupported("The operator '" + name + "' is not supported", call);
        }
        return text.error(
                StandardError.FUNCTION_NOT_FOUND, "There is no function '" + name + "'" + instead(name), call);
    }

    /** Returns what continues the sentence that a function is not there. */
    private String instead(String name) {
        return catalog.remedy(name)
                .map(remedy -> ". " + remedy)
                .orElseGet(() -> StatementText.suggest(name, catalog.functionNames(), "The functions are"));
    }

    private static boolean isDistinct(SqlCall call) {
        SqlLiteral quantifier = call.getFunctionQuantifier();
        return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    }

    /** Returns what a call of a function of the engine's own stands for. */
    private Optional<SqlNode> own(SqlCall call, String name, int item) {
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
        if (name.equals("count") && call.operandCount() == 1 && isStar(call.operand(0)) && !isDistinct(call)) {
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
        if (name.equals("row_number")) {
            return Optional.of(rowNumber(call, null, item));
        }
        return Optional.empty();
    }

    private SqlNode rowNumber(SqlCall call, @Nullable SqlWindow over, int item) {
        if (call.operandCount() > 0) {
            throw text.error(StandardError.INVALID_ARGUMENT, "'row_number' takes no arguments", call);
        }
        if (over == null) {
            return calls.rowNumber(List.of(), List.of(), List.of(), call.getParserPosition());
        }
        if (over instanceof WhenWindow || over.getLowerBound() != null || over.getUpperBound() != null) {
            throw calls.unsupported("OVER of 'row_number' takes PARTITION BY and ORDER BY", over);
        }
        List<SqlNode> keys = new ArrayList<>();
        List<Boolean> descending = new ArrayList<>();
        for (SqlNode key : over.getOrderList()) {
            boolean down = key.getKind() == SqlKind.DESCENDING;
            keys.add(expressions.rewrite(down ? ((SqlCall) key).operand(0) : key, item));
            descending.add(down);
        }
        List<SqlNode> partitionBy = expressions.rewriteAll(over.getPartitionList(), item);
        return calls.rowNumber(partitionBy, keys, descending, call.getParserPosition());
    }

    /** Tells whether the number of the row is asked for somewhere in the expression. */
    static boolean containsRowNumber(SqlNode node) {
        return contains(node, Meaning.RowNumber.class);
    }

    /** Tells whether an operator of some meaning is somewhere in the expression. */
    static boolean contains(SqlNode node, Class<? extends Meaning> meaning) {
        try {
            node.accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlCall call) {
                    if (meaning.isInstance(OpaqueOperator.meaning(call))) {
                        throw new Util.FoundOne(call);
                    }
                    return super.visit(call);
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
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
        FunctionDefinition function = catalog.function(name)
                .orElseThrow(() -> text.error(
                        StandardError.FUNCTION_NOT_FOUND,
                        "There is no function '" + name + "'" + instead(name),
                        literal));
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

    private static boolean isStar(SqlNode node) {
        return node instanceof StarSelection || (node instanceof SqlIdentifier identifier && identifier.isStar());
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

    private List<SqlNode> arguments(SqlCall call, FunctionDefinition function, int item) {
        List<SqlNode> operands = call.getOperandList();
        if (call.getKind() == SqlKind.TRIM && operands.size() == 3) {
            // trim(x) comes as TRIM(BOTH ' ' FROM x) from the standard grammar
            operands = operands.subList(2, 3);
        }
        List<SqlNode> arguments = new ArrayList<>();
        for (SqlNode operand : operands) {
            if (!isStar(operand)) {
                arguments.add(expressions.rewrite(operand, item));
                continue;
            }
            if (!function.star()) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "'" + function.name() + "' does not take '*': " + function.signature(),
                        operand);
            }
            arguments.add(record(operand, item));
        }
        return arguments;
    }

    /** Returns the whole record that a star stands for. */
    SqlNode record(SqlNode star, int item) {
        SqlParserPos position = star.getParserPosition();
        if (star instanceof StarSelection selection) {
            SqlNode record = record(selection.star(), item);
            if (!selection.excepts().isEmpty()) {
                List<SqlNode> operands = new ArrayList<>(List.of(record));
                selection
                        .excepts()
                        .forEach(name ->
                                operands.add(calls.text(((SqlIdentifier) name).getSimple(), name.getParserPosition())));
                record = calls.apply(Operator.EXCEPT, position, operands);
            }
            if (!selection.replacements().isEmpty()) {
                List<SqlNode> operands = new ArrayList<>(List.of(record));
                for (SqlNode replacement : selection.replacements()) {
                    SqlCall as = (SqlCall) replacement;
                    SqlIdentifier name = as.operand(1);
                    operands.add(calls.text(name.getSimple(), name.getParserPosition()));
                    operands.add(expressions.rewrite(as.operand(0), item));
                }
                record = calls.apply(Operator.REPLACE, position, operands);
            }
            return record;
        }
        SqlIdentifier identifier = (SqlIdentifier) star;
        if (identifier.names.size() > 1) {
            String alias = identifier.names.get(0);
            return scope.column(source(alias, identifier), Source.RECORD, position);
        }
        List<SqlNode> records = new ArrayList<>();
        scope.sources().forEach(source -> records.add(scope.column(source, Source.RECORD, position)));
        return records.size() == 1 ? records.get(0) : calls.apply(Operator.MERGE, position, records);
    }

    /** Returns the source with an alias, or fails. */
    Source source(String alias, SqlNode place) {
        return scope.source(alias)
                .orElseThrow(() -> text.error(
                        StandardError.STREAM_NOT_FOUND,
                        "There is no '" + alias + "' in FROM"
                                + StatementText.suggest(
                                        alias,
                                        scope.sources().stream()
                                                .map(Source::alias)
                                                .toList(),
                                        "There is"),
                        place));
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
                    isStar(operand)
                            ? record(operand, item)
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
