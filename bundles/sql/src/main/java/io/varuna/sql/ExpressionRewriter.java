package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.error.StandardError;
import io.varuna.plan.Catalog;
import io.varuna.plan.Dialect;
import io.varuna.plan.Operator;
import io.varuna.sql.parser.GrammarOperators;
import io.varuna.sql.parser.StarSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Rewrites expressions to calls of {@link OpaqueOperator}s on qualified columns. */
final class ExpressionRewriter {
    private static final Map<SqlKind, Operator> SIMPLE = Map.ofEntries(
            Map.entry(SqlKind.AND, Operator.AND),
            Map.entry(SqlKind.OR, Operator.OR),
            Map.entry(SqlKind.NOT, Operator.NOT),
            Map.entry(SqlKind.EQUALS, Operator.EQUAL),
            Map.entry(SqlKind.NOT_EQUALS, Operator.NOT_EQUAL),
            Map.entry(SqlKind.LESS_THAN, Operator.LESS),
            Map.entry(SqlKind.LESS_THAN_OR_EQUAL, Operator.LESS_OR_EQUAL),
            Map.entry(SqlKind.GREATER_THAN, Operator.GREATER),
            Map.entry(SqlKind.GREATER_THAN_OR_EQUAL, Operator.GREATER_OR_EQUAL),
            Map.entry(SqlKind.PLUS, Operator.PLUS),
            Map.entry(SqlKind.MINUS, Operator.MINUS),
            Map.entry(SqlKind.TIMES, Operator.MULTIPLY),
            Map.entry(SqlKind.DIVIDE, Operator.DIVIDE),
            Map.entry(SqlKind.MOD, Operator.REMAINDER),
            Map.entry(SqlKind.IS_NULL, Operator.IS_NULL),
            Map.entry(SqlKind.IS_NOT_NULL, Operator.IS_NOT_NULL),
            Map.entry(SqlKind.IS_UNKNOWN, Operator.IS_NULL),
            Map.entry(SqlKind.IS_TRUE, Operator.IS_TRUE),
            Map.entry(SqlKind.IS_NOT_TRUE, Operator.IS_NOT_TRUE),
            Map.entry(SqlKind.IS_FALSE, Operator.IS_FALSE),
            Map.entry(SqlKind.IS_NOT_FALSE, Operator.IS_NOT_FALSE),
            Map.entry(SqlKind.COALESCE, Operator.COALESCE));

    private static final Map<SqlOperator, Operator> BINARY = Map.of(
            GrammarOperators.IN_LIST, Operator.IN_LIST,
            GrammarOperators.NOT_IN_LIST, Operator.NOT_IN_LIST,
            GrammarOperators.BITWISE_OR, Operator.BITWISE_OR,
            SqlStdOperatorTable.BITAND_OPERATOR, Operator.BITWISE_AND,
            SqlStdOperatorTable.BITXOR_OPERATOR, Operator.BITWISE_XOR,
            SqlStdOperatorTable.CONCAT, Operator.CONCATENATE);

    private final Scope scope;
    private final StatementText text;
    private final Calls calls;
    private final FunctionRewriter functions;
    private final Literals literals;
    private final TimeArithmetic times;
    private final Predicates predicates;

    /**
     * Creates the rewriting.
     *
     * @param queries rewrites queries in expressions; null where there may be none
     */
    ExpressionRewriter(Scope scope, @Nullable ValueQueries queries, Catalog catalog, StatementText text, Calls calls) {
        this.scope = scope;
        this.text = text;
        this.calls = calls;
        this.literals = new Literals(text, calls);
        this.times = new TimeArithmetic(this, text, calls);
        KnownFunctions known = new KnownFunctions(catalog, text, calls);
        this.functions = new FunctionRewriter(this, scope, known, catalog, text, calls);
        this.predicates = new Predicates(this, known, queries, text, calls);
    }

    /** Returns the operator of a comparison. */
    static Operator comparison(SqlKind kind) {
        return Objects.requireNonNull(SIMPLE.get(kind));
    }

    FunctionRewriter functions() {
        return functions;
    }

    /**
     * Rewrites an expression.
     *
     * @param item which aliases can be seen; see {@link Scope#resolve}
     */
    SqlNode rewrite(SqlNode node, int item) {
        if (node instanceof SqlIdentifier identifier) {
            if (identifier.isStar()) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "'*' stands for columns in SELECT and in the arguments of some functions, not for a value",
                        identifier);
            }
            return functions.currentTime(identifier).orElseGet(() -> scope.resolve(identifier, item, this::rewrite));
        }
        if (node instanceof SqlLiteral literal) {
            return literals.rewrite(literal);
        }
        if (node instanceof SqlCase choice) {
            return choice(choice, item);
        }
        if (node instanceof SqlDynamicParam) {
            throw calls.unsupported("'?' has no value here. Write the value itself", node);
        }
        if (node instanceof StarSelection) {
            throw text.error(StandardError.INVALID_ARGUMENT, "'*' stands for columns, not for a value", node);
        }
        if (node instanceof SqlCall call) {
            return call(call, item);
        }
        throw calls.unsupported("'" + text.at(node) + "' is no value", node);
    }

    List<SqlNode> rewriteAll(List<? extends SqlNode> nodes, int item) {
        List<SqlNode> rewritten = new ArrayList<>();
        nodes.forEach(node -> rewritten.add(rewrite(node, item)));
        return rewritten;
    }

    private SqlNode choice(SqlCase choice, int item) {
        SqlParserPos position = choice.getParserPosition();
        List<SqlNode> operands = new ArrayList<>();
        for (int i = 0; i < choice.getWhenOperands().size(); i++) {
            SqlNode when = choice.getWhenOperands().get(i);
            SqlNode condition = when instanceof SqlNodeList list
                    ? calls.apply(Operator.OR, when.getParserPosition(), rewriteAll(list, item))
                    : rewrite(when, item);
            SqlNode value = choice.getValueOperand();
            if (value != null) {
                condition = calls.apply(Operator.EQUAL, when.getParserPosition(), rewrite(value, item), condition);
            } else {
                condition = calls.truth("WHEN", condition);
            }
            operands.add(condition);
            operands.add(rewrite(choice.getThenOperands().get(i), item));
        }
        SqlNode otherwise = choice.getElseOperand();
        operands.add(otherwise == null ? calls.nothing(position) : rewrite(otherwise, item));
        return calls.apply(Operator.CASE, position, operands);
    }

    private SqlNode call(SqlCall call, int item) {
        SqlKind kind = call.getKind();
        SqlParserPos position = call.getParserPosition();
        if (call.getOperator() instanceof OpaqueOperator) {
            // put in before, around what is as written
            return call.getOperator().createCall(position, rewriteAll(call.getOperandList(), item));
        }
        Optional<SqlNode> predicate = predicates.rewrite(call, item);
        if (predicate.isPresent()) {
            return predicate.get();
        }
        Optional<SqlNode> time = times.rewrite(call, item);
        if (time.isPresent()) {
            return time.get();
        }
        Operator simple = SIMPLE.get(kind);
        if (simple != null && !(kind == SqlKind.COALESCE && call.operandCount() == 0)) {
            return calls.apply(simple, position, rewriteAll(call.getOperandList(), item));
        }
        switch (kind) {
            case MINUS_PREFIX -> {
                return negative(call, item);
            }
            case PLUS_PREFIX -> {
                return rewrite(call.operand(0), item);
            }
            case CAST -> {
                return cast(call, item);
            }
            case ROW -> throw calls.unsupported(
                    "A row of values has no names for them. Write object_construct('name', value)", call);
            case ARRAY_QUERY_CONSTRUCTOR -> {
                return predicates.queries(call).list(call.operand(0), position, item, this);
            }
            case SELECT, UNION, INTERSECT, EXCEPT, ORDER_BY, EXISTS, SCALAR_QUERY, WITH, VALUES -> {
                return predicates.queries(call).rewrite(call, item, this);
            }
            default -> {
                return other(call, item);
            }
        }
    }

    private SqlNode other(SqlCall call, int item) {
        SqlParserPos position = call.getParserPosition();
        SqlOperator operator = call.getOperator();
        Operator binary = BINARY.get(operator);
        if (binary != null) {
            return calls.apply(binary, position, rewriteAll(call.getOperandList(), item));
        }
        if (operator.equals(GrammarOperators.MEMBER)) {
            SqlIdentifier member = call.operand(1);
            return calls.path(rewrite(call.operand(0), item), member.names, position);
        }
        if (operator.equals(GrammarOperators.INDEX)) {
            return indexed(call, item);
        }
        if (operator.equals(GrammarOperators.SLICE)) {
            SqlNodeList bounds = call.operand(1);
            return slice(call, bounds, item);
        }
        return functions.rewrite(call, item);
    }

    private SqlNode indexed(SqlCall call, int item) {
        SqlNode value = rewrite(call.operand(0), item);
        if (call.operand(1) instanceof SqlLiteral literal && literal.getValue() instanceof NlsString name) {
            return calls.path(value, List.of(name.getValue()), call.getParserPosition());
        }
        return calls.apply(Operator.INDEX, call.getParserPosition(), value, index(call.operand(1), item));
    }

    private SqlNode slice(SqlCall call, SqlNodeList bounds, int item) {
        SqlNode from = index(bounds.get(0), item);
        SqlNode to = index(bounds.get(1), item);
        if (OpaqueOperator.meaning(from) instanceof Meaning.Constant low
                && OpaqueOperator.meaning(to) instanceof Meaning.Constant high
                && low.value() instanceof Long first
                && high.value() instanceof Long last
                && first >= 0
                && last >= 0
                && first >= last) {
            throw text.error(
                    StandardError.INVALID_ARGUMENT,
                    "The slice ends at " + last + ", which is not after its start at " + first,
                    call);
        }
        return calls.apply(Operator.SLICE, call.getParserPosition(), rewrite(call.operand(0), item), from, to);
    }

    /** Lists count from 0 in plans, and from 1 in the standard dialect. */
    private SqlNode index(SqlNode node, int item) {
        SqlNode index = rewrite(node, item);
        if (scope.dialect() == Dialect.RULE) {
            return index;
        }
        Meaning meaning = OpaqueOperator.meaning(index);
        if (meaning instanceof Meaning.Constant constant) {
            if (Long.valueOf(0).equals(constant.value())) {
                throw text.error(
                        StandardError.INVALID_ARGUMENT,
                        "Lists count from 1 in standard SQL; the first element is [1], the last one [-1]",
                        node);
            }
            return constant.value() instanceof Long number && number > 0
                    ? calls.constant(number - 1, DataType.BIGINT, node.getParserPosition())
                    : index;
        }
        return calls.apply(Operator.POSITION, node.getParserPosition(), index);
    }

    private SqlNode negative(SqlCall call, int item) {
        SqlParserPos position = call.getParserPosition();
        if (Literals.isLeast(call.operand(0))) {
            return calls.constant(Long.MIN_VALUE, DataType.BIGINT, position);
        }
        SqlNode operand = rewrite(call.operand(0), item);
        if (OpaqueOperator.meaning(operand) instanceof Meaning.Constant constant) {
            if (constant.value() instanceof Long number) {
                return calls.constant(-number, DataType.BIGINT, position);
            }
            if (constant.value() instanceof Double number) {
                return calls.constant(0 - number, DataType.DOUBLE, position);
            }
        }
        return calls.apply(Operator.NEGATE, position, operand);
    }

    private SqlNode cast(SqlCall call, int item) {
        if (!(call.operand(1) instanceof SqlDataTypeSpec type)) {
            return functions.rewrite(call, item);
        }
        if (type.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec) {
            throw calls.unsupported(
                    "A list cannot be converted as a whole. Convert its elements with array_map('function', list)",
                    type);
        }
        String name = type.getTypeName().getSimple();
        DataType target = Types.simple(name)
                .orElseThrow(() -> text.error(
                        StandardError.INVALID_ARGUMENT,
                        "'" + name
                                + "' is no type. The types are BIGINT, DOUBLE, VARCHAR, BOOLEAN, TIMESTAMP and VARBINARY",
                        type));
        return calls.cast(rewrite(call.operand(0), item), target, call.getParserPosition());
    }

    /** Tells whether a node is a call of an operator with this name. */
    static boolean isCall(SqlNode node, String name) {
        return node instanceof SqlBasicCall call && call.getOperator().getName().equalsIgnoreCase(name);
    }
}
