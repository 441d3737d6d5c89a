package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Analytic;
import io.varuna.plan.DedupTrigger;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.ContextValue;
import io.varuna.plan.Expression.FunctionCall;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.MatchAggregate;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Expression.RowValue;
import io.varuna.plan.Expression.Subquery;
import io.varuna.plan.Operator;
import io.varuna.plan.PlanNode;
import io.varuna.plan.RowNumber;
import io.varuna.plan.Sort;
import io.varuna.plan.Window;
import io.varuna.plan.WindowSpec;
import io.varuna.sql.PlanBuilder.Built;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Makes expressions of plans of those of relational algebra. */
final class ExpressionBuilder {
    private final Set<String> functions = new TreeSet<>();
    // where the values of analytic calls are, by the text of the call
    private final Map<String, InputColumn> analysed = new HashMap<>();

    /** Returns the calls of analytic functions in a relation, each once, those inside of others first. */
    static List<RexCall> analyticCalls(RelNode relation) {
        Map<String, RexCall> calls = new LinkedHashMap<>();
        RexShuttle expressions = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexNode visited = super.visitCall(call);
                if (meaning(call) instanceof Meaning.Analyse) {
                    calls.putIfAbsent(call.toString(), call);
                }
                return visited;
            }
        };
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                super.visit(node, ordinal, parent);
                node.accept(expressions);
            }
        }.go(relation);
        return List.copyOf(calls.values());
    }

    static @Nullable Meaning meaning(RexNode node) {
        return node instanceof RexCall call && call.getOperator() instanceof OpaqueOperator operator
                ? operator.meaning()
                : null;
    }

    /** Tells whether there is a query in an expression. */
    static boolean hasQuery(RexNode node) {
        return !calls(List.of(node), Meaning.Query.class).isEmpty();
    }

    /** Returns the functions of plugins that were met. */
    List<String> functions() {
        return List.copyOf(functions);
    }

    List<Expression> all(List<RexNode> nodes, Built input) {
        List<Expression> all = new ArrayList<>();
        nodes.forEach(node -> all.add(expression(node, input)));
        return all;
    }

    Expression expression(RexNode node, Built input) {
        if (node.isAlwaysTrue()) {
            return new Literal(true, DataType.BOOLEAN);
        }
        if (node instanceof RexInputRef reference) {
            return input.fields().get(reference.getIndex());
        }
        if (!(node instanceof RexCall call)) {
            throw new IllegalStateException("No expression for " + node);
        }
        Meaning meaning = meaning(node);
        if (meaning == null) {
            return calcites(call, input);
        }
        DataType type = Types.fromCalcite(call.getType());
        if (meaning instanceof Meaning.Apply apply) {
            if (apply.operator() == Operator.EACH
                    && expression(call.getOperands().get(0), input) instanceof Literal name) {
                functions.add(String.valueOf(name.value()));
            }
            return new Operation(apply.operator(), all(call.getOperands(), input), type);
        }
        if (meaning instanceof Meaning.Call function) {
            String name = used(function.function());
            return new FunctionCall(name, all(call.getOperands(), input), type);
        }
        if (meaning instanceof Meaning.Expand function) {
            // taken out of the columns of SELECT by the plan builder
            return new FunctionCall(used(function.function()), all(call.getOperands(), input), type);
        }
        if (meaning instanceof Meaning.Constant constant) {
            return new Literal(constant.value(), constant.type());
        }
        if (meaning instanceof Meaning.Truth || meaning instanceof Meaning.AfterWindow) {
            return expression(call.getOperands().get(0), input);
        }
        if (meaning instanceof Meaning.Query query) {
            return new Subquery(query.result(), query.plan(), all(call.getOperands(), input), type);
        }
        if (meaning instanceof Meaning.Context context) {
            return new ContextValue(context.kind());
        }
        if (meaning instanceof Meaning.WindowColumn column) {
            return windowColumn(column.index(), input);
        }
        if (meaning instanceof Meaning.OtherRow row) {
            return new RowValue(
                    expression(call.getOperands().get(0), input),
                    row.variables(),
                    row.first(),
                    row.offset(),
                    row.back(),
                    row.whole());
        }
        if (meaning instanceof Meaning.OverMatch aggregate) {
            return overMatch(aggregate, all(call.getOperands(), input), type);
        }
        if (meaning instanceof Meaning.Wait) {
            return waited(call, input);
        }
        if (meaning instanceof Meaning.Analyse
                || meaning instanceof Meaning.NewSpans
                || meaning instanceof Meaning.RowNumber
                || meaning instanceof Meaning.OverResult
                || meaning instanceof Meaning.OverRows) {
            InputColumn column = analysed.get(call.toString());
            if (column != null) {
                return column;
            }
        }
        throw new IllegalStateException("No expression for " + node);
    }

    /** Returns the value that delay gives: none where it is not known how long to wait. */
    private Expression waited(RexCall call, Built input) {
        Expression millis = expression(call.getOperands().get(0), input);
        Expression value = expression(call.getOperands().get(1), input);
        return millis instanceof Literal literal && literal.value() != null ? value : ifPresent(millis, value);
    }

    /** Returns how long the row waits for a value of delay: not at all where there is none. */
    Expression millis(RexCall call, Built input) {
        Expression millis = expression(call.getOperands().get(0), input);
        Expression value = expression(call.getOperands().get(1), input);
        return value instanceof Literal literal && literal.value() != null ? millis : ifPresent(value, millis);
    }

    private static Expression ifPresent(Expression condition, Expression value) {
        Expression present = new Operation(Operator.IS_NOT_NULL, List.of(condition), DataType.BOOLEAN);
        return new Operation(Operator.CASE, List.of(present, value, new Literal(null, value.type())), value.type());
    }

    /** Returns the name of the table function of a call. */
    String expansion(RexCall call) {
        if (meaning(call) instanceof Meaning.Expand meaning) {
            return used(meaning.function());
        }
        throw new IllegalArgumentException(call.toString());
    }

    DedupTrigger dedupTrigger(RexCall call, PlanNode node, Built input, String name) {
        if (!(meaning(call) instanceof Meaning.NewSpans meaning)) {
            throw new IllegalArgumentException(call.toString());
        }
        List<Expression> operands = all(call.getOperands(), input);
        return new DedupTrigger(node, operands.get(0), operands.get(1), operands.get(2), meaning.expire(), name);
    }

    private Expression overMatch(Meaning.OverMatch aggregate, List<Expression> arguments, DataType type) {
        FunctionDefinition definition = aggregate.function();
        String function = definition == null ? AggregateCall.COUNT_ROWS : used(definition);
        AggregateCall call = new AggregateCall(function, arguments, null, aggregate.distinct(), type, function);
        return new MatchAggregate(call, aggregate.variables(), aggregate.whole());
    }

    /** Translates what Calcite itself has put in. */
    private Expression calcites(RexCall call, Built input) {
        List<Expression> operands = all(call.getOperands(), input);
        if (call.getKind() == SqlKind.AND) {
            return Expressions.and(operands);
        }
        // FILTER of an aggregate, which is a condition already
        if (call.getKind() == SqlKind.IS_TRUE || call.getKind() == SqlKind.CAST) {
            return operands.get(0);
        }
        throw new IllegalStateException("No expression for " + call);
    }

    private static Expression windowColumn(int index, Built input) {
        if (input.windowColumns() < 0) {
            // there is no window
            return new Literal(null, DataType.BIGINT);
        }
        return new InputColumn(
                input.windowColumns() + index,
                Window.COLUMNS.get(index).name(),
                Window.COLUMNS.get(index).type());
    }

    private String used(FunctionDefinition function) {
        functions.add(function.name());
        return function.name();
    }

    /** Tells whether the values of all analytic calls inside of this one are there. */
    boolean canAnalyse(RexCall call) {
        List<RexCall> inner = new ArrayList<>();
        call.getOperands()
                .forEach(operand -> operand.accept(new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall other) {
                        if (meaning(other) instanceof Meaning.Analyse) {
                            inner.add(other);
                        }
                        return super.visitCall(other);
                    }
                }));
        return inner.stream().allMatch(other -> analysed.containsKey(other.toString()));
    }

    Analytic.Call analytic(RexCall call, Built input, String name) {
        if (!(meaning(call) instanceof Meaning.Analyse meaning)) {
            throw new IllegalArgumentException(call.toString());
        }
        List<Expression> operands = all(call.getOperands(), input);
        int partitions = meaning.arguments() + meaning.partitions();
        return new Analytic.Call(
                used(meaning.function()),
                operands.subList(0, meaning.arguments()),
                operands.subList(meaning.arguments(), partitions),
                meaning.when() ? operands.get(partitions) : null,
                Types.fromCalcite(call.getType()),
                name);
    }

    /** Returns a call with arguments, behind which, if it is filtered, there is a condition. */
    AggregateCall over(
            @Nullable FunctionDefinition definition,
            List<Expression> operands,
            boolean filtered,
            boolean distinct,
            DataType type,
            String name) {
        int arguments = operands.size() - (filtered ? 1 : 0);
        return new AggregateCall(
                definition == null ? AggregateCall.COUNT_ROWS : used(definition),
                operands.subList(0, arguments),
                filtered ? operands.get(arguments) : null,
                distinct,
                type,
                name);
    }

    AggregateCall total(RexCall call, Built input) {
        if (!(meaning(call) instanceof Meaning.OverResult meaning)) {
            throw new IllegalArgumentException(call.toString());
        }
        FunctionDefinition definition = meaning.function();
        AggregateCall result = over(
                definition,
                all(call.getOperands(), input),
                meaning.filtered(),
                meaning.distinct(),
                Types.fromCalcite(call.getType()),
                "");
        return new AggregateCall(
                result.function(),
                result.arguments(),
                result.filter(),
                result.distinct(),
                result.type(),
                definition == null ? "count(*)" : result.toString());
    }

    /** Returns the different calls of a meaning in some expressions. */
    static List<RexCall> calls(List<RexNode> nodes, Class<? extends Meaning> kind) {
        Map<String, RexCall> calls = new LinkedHashMap<>();
        nodes.forEach(node -> node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (kind.isInstance(meaning(call))) {
                    calls.putIfAbsent(call.toString(), call);
                }
                return super.visitCall(call);
            }
        }));
        return List.copyOf(calls.values());
    }

    RowNumber rowNumber(RexCall call, PlanNode node, Built input, String name) {
        if (!(meaning(call) instanceof Meaning.RowNumber meaning)) {
            throw new IllegalArgumentException(call.toString());
        }
        List<Expression> operands = all(call.getOperands(), input);
        List<Sort.Key> orderBy = new ArrayList<>();
        for (int i = 0; i < meaning.descending().size(); i++) {
            Expression key = operands.get(meaning.partitions() + i);
            orderBy.add(new Sort.Key(key, meaning.descending().get(i)));
        }
        return new RowNumber(node, operands.subList(0, meaning.partitions()), orderBy, name);
    }

    /** Notes where the values of a call are from now on. */
    void analysed(RexCall call, InputColumn column) {
        analysed.put(call.toString(), column);
    }

    AggregateCall aggregate(org.apache.calcite.rel.core.AggregateCall call, Built input) {
        if (!(call.getAggregation() instanceof AggregateOperator operator)) {
            throw new IllegalStateException("No aggregate for " + call);
        }
        List<Expression> arguments = new ArrayList<>();
        call.getArgList().forEach(argument -> arguments.add(input.fields().get(argument)));
        FunctionDefinition definition = operator.definition();
        String function = definition == null ? operator.getName() : used(definition);
        Expression filter = call.hasFilter() ? input.fields().get(call.filterArg) : null;
        String name = arguments.isEmpty() && definition == null ? "count(*)" : name(operator, arguments);
        return new AggregateCall(
                function, arguments, filter, call.isDistinct(), Types.fromCalcite(call.getType()), name);
    }

    private static String name(AggregateOperator operator, List<Expression> arguments) {
        List<String> texts = arguments.stream().map(Expression::toString).toList();
        return operator.definition() == null
                ? String.join(", ", texts)
                : operator.getName() + "(" + String.join(", ", texts) + ")";
    }

    WindowSpec window(RexCall gather, Built input) {
        if (!(meaning(gather) instanceof Meaning.Gather meaning)) {
            throw new IllegalArgumentException(gather.toString());
        }
        List<Expression> operands = all(gather.getOperands(), input);
        WindowSpec spec = meaning.window();
        return new WindowSpec(
                spec.kind(),
                spec.unit(),
                spec.size(),
                spec.slide(),
                spec.delay(),
                present(operands.get(0)),
                present(operands.get(1)),
                present(operands.get(2)),
                present(operands.get(3)),
                operands.subList(4, operands.size()));
    }

    private static @Nullable Expression present(Expression expression) {
        return expression instanceof Literal literal && literal.value() == null ? null : expression;
    }
}
