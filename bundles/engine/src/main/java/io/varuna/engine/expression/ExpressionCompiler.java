package io.varuna.engine.expression;

import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.plan.Expression;
import io.varuna.plan.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes evaluators of expressions. */
public final class ExpressionCompiler {
    private final Surroundings surroundings;
    private final Bindings bindings;
    private final @Nullable Hits hits;
    private final @Nullable MatchValues matchValues;
    private final Subqueries subqueries;

    /** Creates a compiler; the functions that are called are added to {@code bindings}. */
    public ExpressionCompiler(Surroundings surroundings, Bindings bindings) {
        this(surroundings, bindings, (query, compiler) -> {
            throw new IllegalStateException("There are no queries here: " + query);
        });
    }

    /** Creates a compiler of expressions in which there may be queries. */
    public ExpressionCompiler(Surroundings surroundings, Bindings bindings, Subqueries subqueries) {
        this(surroundings, bindings, subqueries, null, null);
    }

    private ExpressionCompiler(
            Surroundings surroundings,
            Bindings bindings,
            Subqueries subqueries,
            @Nullable Hits hits,
            @Nullable MatchValues matchValues) {
        this.surroundings = surroundings;
        this.bindings = bindings;
        this.subqueries = subqueries;
        this.hits = hits;
        this.matchValues = matchValues;
    }

    /** Returns a compiler for the expressions of a step that counts its hits. */
    public ExpressionCompiler counting(Hits counted) {
        return new ExpressionCompiler(surroundings, bindings, subqueries, counted, matchValues);
    }

    /** Returns a compiler for the expressions of a pattern. */
    public ExpressionCompiler matching(MatchValues values) {
        return new ExpressionCompiler(surroundings, bindings, subqueries, hits, values);
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Bindings bindings() {
        return bindings;
    }

    public Evaluator compile(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return new Constant(literal.value());
        }
        if (expression instanceof Expression.InputColumn column) {
            return new ColumnValue(column.index());
        }
        if (expression instanceof Expression.ContextValue context) {
            return switch (context.kind()) {
                case RULE_ID -> new Constant(surroundings.ruleId());
                case RULE_START -> new Constant(surroundings.start());
                case EVENT_TIME -> new RowTime();
                case LAST_HIT_COUNT -> hits().counted();
                case LAST_HIT_TIME -> hits().last();
                case CLASSIFIER -> matchValues().classifier();
                case MATCH_NUMBER -> matchValues().matchNumber();
            };
        }
        if (expression instanceof Expression.FunctionCall call) {
            return ScalarCall.of(bindings.bind(call.function()), compile(call.arguments()), surroundings);
        }
        if (expression instanceof Expression.RowValue other) {
            return matchValues().rowValue(other, compile(other.value()));
        }
        if (expression instanceof Expression.MatchAggregate aggregate) {
            return matchValues().aggregate(aggregate);
        }
        if (expression instanceof Expression.Subquery query) {
            return subqueries.compile(query, this);
        }
        return operation((Expression.Operation) expression);
    }

    private MatchValues matchValues() {
        if (matchValues == null) {
            throw new IllegalStateException("Rows of a match can be seen in MATCH_RECOGNIZE only");
        }
        return matchValues;
    }

    private Hits hits() {
        if (hits == null) {
            throw new VarunaException(
                    StandardError.UNSUPPORTED,
                    "last_hit_count and last_hit_time can stand in SELECT, WHERE, HAVING and WHEN");
        }
        return hits;
    }

    public @Nullable Evaluator compileOptional(@Nullable Expression expression) {
        return expression == null ? null : compile(expression);
    }

    public Evaluator[] compile(List<Expression> expressions) {
        return expressions.stream().map(this::compile).toArray(Evaluator[]::new);
    }

    private Evaluator operation(Expression.Operation operation) {
        List<Expression> operands = operation.operands();
        Operator operator = operation.operator();
        boolean twoValued = surroundings.twoValued();
        return switch (operator) {
            case AND -> Logic.and(compile(operands), twoValued);
            case OR -> Logic.or(compile(operands), twoValued);
            case NOT -> Logic.not(compile(operands.get(0)), twoValued);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(operator, operands);
            case BETWEEN, NOT_BETWEEN -> Membership.between(
                    compile(operands), operator == Operator.BETWEEN, surroundings);
            case IN, NOT_IN -> Membership.in(compile(operands), operator == Operator.IN, surroundings);
            case IN_LIST, NOT_IN_LIST -> Membership.inList(
                    compile(operands.get(0)), compile(operands.get(1)), operator == Operator.IN_LIST, surroundings);
            case ANY, ALL -> Quantified.of(
                    Operator.valueOf(String.valueOf(((Expression.Literal) operands.get(1)).value())),
                    operator == Operator.ALL,
                    compile(operands.get(0)),
                    compile(operands.get(2)),
                    surroundings);
            case LIKE, NOT_LIKE -> Like.of(compile(operands), operator == Operator.LIKE, twoValued);
            case IS_NULL -> Logic.isNull(compile(operands.get(0)), true);
            case IS_NOT_NULL -> Logic.isNull(compile(operands.get(0)), false);
            case IS_TRUE -> Logic.is(compile(operands.get(0)), Boolean.TRUE, true);
            case IS_NOT_TRUE -> Logic.is(compile(operands.get(0)), Boolean.TRUE, false);
            case IS_FALSE -> Logic.is(compile(operands.get(0)), Boolean.FALSE, true);
            case IS_NOT_FALSE -> Logic.is(compile(operands.get(0)), Boolean.FALSE, false);
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER -> Arithmetic.of(
                    operator,
                    compile(operands.get(0)),
                    compile(operands.get(1)),
                    operation.type().kind() == DataType.Kind.BIGINT);
            case NEGATE -> Arithmetic.negate(compile(operands.get(0)));
            case BITWISE_AND, BITWISE_OR, BITWISE_XOR -> Bitwise.of(
                    operator, compile(operands.get(0)), compile(operands.get(1)), twoValued);
            case CONCATENATE -> Structures.concatenate(compile(operands));
            case MEMBER -> Paths.member(compile(operands.get(0)), compile(operands.get(1)));
            case INDEX -> Paths.index(compile(operands.get(0)), compile(operands.get(1)));
            case POSITION -> Paths.position(compile(operands.get(0)));
            case SLICE -> Paths.slice(compile(operands.get(0)), compile(operands.get(1)), compile(operands.get(2)));
            case CASE -> Logic.branches(compile(operands));
            case COALESCE -> Logic.coalesce(compile(operands));
            case ADD_TIME -> new LaterTime(
                    compile(operands.get(0)), compile(operands.get(1)), surroundings.zonedClock());
            case CAST -> Structures.cast(compile(operands.get(0)), operation.type(), surroundings.zonedClock());
            case LIST -> Structures.list(compile(operands));
            case STRUCT -> Structures.struct(operands.stream()
                    .map(operand -> operand instanceof Expression.InputColumn column
                            ? new RawColumn(column.index())
                            : compile(operand))
                    .toArray(Evaluator[]::new));
            case EACH -> Each.of(
                    bindings.bind(String.valueOf(((Expression.Literal) operands.get(0)).value())),
                    compile(operands.get(1)),
                    surroundings);
            case MERGE -> Structures.merge(compile(operands));
            case EXCEPT -> Structures.except(compile(operands));
            case REPLACE -> Structures.replace(compile(operands));
        };
    }

    private Evaluator comparison(Operator operator, List<Expression> operands) {
        if (operands.get(0) instanceof Expression.InputColumn column
                && operands.get(1) instanceof Expression.Literal literal) {
            if (literal.value() instanceof Number number) {
                return ColumnComparison.number(operator, column.index(), number, surroundings);
            }
            if (literal.value() instanceof String text && operator == Operator.EQUAL) {
                return ColumnComparison.text(column.index(), text, surroundings);
            }
        }
        return new Comparison(operator, compile(operands.get(0)), compile(operands.get(1)), surroundings);
    }

    /** Always the same. */
    static final class Constant extends Evaluator {
        private final @Nullable Object value;

        Constant(@Nullable Object value) {
            this.value = value;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) {
            return value;
        }
    }

    /** A column; NULL where the row does not have it. */
    static final class ColumnValue extends Evaluator {
        private final int index;

        ColumnValue(int index) {
            this.index = index;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) {
            Object value = row[index];
            return value == Missing.VALUE ? null : value;
        }
    }

    /** A column as it is, be it missing. */
    static final class RawColumn extends Evaluator {
        private final int index;

        RawColumn(int index) {
            this.index = index;
        }

        @Override
        public @Nullable Object value(@Nullable Object[] row, long time) {
            return row[index];
        }
    }

    /** The timestamp of the row. */
    static final class RowTime extends Evaluator {
        @Override
        public Object value(@Nullable Object[] row, long time) {
            return time;
        }
    }

    /** Compiles for places where a missing column has to be told from NULL, such as a projection. */
    public Evaluator compileRaw(Expression expression) {
        return expression instanceof Expression.InputColumn column
                ? new RawColumn(column.index())
                : compile(expression);
    }
}
