package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.plan.Aggregate;
import io.varuna.plan.AggregateCall;
import io.varuna.plan.Analytic;
import io.varuna.plan.Delay;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Filter;
import io.varuna.plan.Limit;
import io.varuna.plan.Output;
import io.varuna.plan.Output.OutputColumn;
import io.varuna.plan.Output.Presence;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Project;
import io.varuna.plan.RulePlan;
import io.varuna.plan.Sort;
import io.varuna.plan.Totals;
import io.varuna.plan.Unnest;
import io.varuna.plan.Window;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec;
import io.varuna.sql.RelationalPlanner.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Makes plans of relational algebra. Projections are merged into what stands above them. */
final class PlanBuilder {
    private final RewrittenQuery query;
    private final ExpressionBuilder expressions = new ExpressionBuilder();
    private final List<RexCall> analyticCalls;

    private PlanBuilder(RewrittenQuery query, RelNode relation) {
        this.query = query;
        this.analyticCalls = ExpressionBuilder.analyticCalls(relation);
    }

    /**
     * A plan for a relation.
     *
     * @param fields the fields of the relation, in terms of the rows of the node
     * @param windowColumns the position of the first column that a window has added to the rows, or -1
     */
    record Built(PlanNode node, List<Expression> fields, int windowColumns) {
        Built {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The columns of a query that is part of another one.
     *
     * @param streams those that are read, each once
     * @param functions the functions of plugins that are called
     */
    record Part(Built built, List<String> streams, List<String> functions) {}

    static Part part(RewrittenQuery query, RelNode relation) {
        PlanBuilder builder = new PlanBuilder(query, relation);
        Built built = builder.node(relation);
        return new Part(built, query.streams(), builder.functions());
    }

    static RulePlan build(RewrittenQuery query, RelNode relation) {
        return new PlanBuilder(query, relation).plan(relation);
    }

    private RulePlan plan(RelNode relation) {
        Built built = unnested(node(relation));
        List<String> names =
                query.items().stream().map(RewrittenQuery.Item::name).toList();
        boolean plain = built.fields().stream().allMatch(InputColumn.class::isInstance);
        PlanNode input = plain ? built.node() : new Project(built.node(), built.fields(), names);
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int index = plain ? ((InputColumn) built.fields().get(i)).index() : i;
            columns.add(
                    new OutputColumn(names.get(i), index, query.items().get(i).presence()));
        }
        return new RulePlan(query.dialect(), new Output(input, columns), query.streams(), functions());
    }

    private List<String> functions() {
        Set<String> functions = new TreeSet<>(expressions.functions());
        functions.addAll(query.functionsOfParts());
        return List.copyOf(functions);
    }

    /** Takes a table function out of the columns. */
    private Built unnested(Built built) {
        for (int i = 0; i < query.items().size(); i++) {
            if (query.items().get(i).presence() == Presence.UNNESTED
                    && built.fields().get(i) instanceof Expression.FunctionCall call) {
                // a limit is one of the rows that come out
                Limit limit = built.node() instanceof Limit found ? found : null;
                PlanNode input = limit == null ? built.node() : limit.input();
                String name = query.items().get(i).name();
                PlanNode unnest = new Unnest(input, call.function(), call.arguments(), name);
                List<Expression> fields = new ArrayList<>(built.fields());
                fields.set(i, new InputColumn(input.output().size(), name, DataType.ANY));
                PlanNode node = limit == null ? unnest : new Limit(unnest, limit.offset(), limit.count());
                return new Built(node, fields, built.windowColumns());
            }
        }
        return built;
    }

    private Built node(RelNode relation) {
        if (relation instanceof Join
                || (relation instanceof TableScan && !query.gathered().isEmpty())) {
            return joined(relation, null, true, new ArrayList<>());
        }
        if (relation instanceof TableScan scan) {
            return scan(scan);
        }
        if (relation instanceof org.apache.calcite.rel.core.Filter filter) {
            return filter(filter);
        }
        if (relation instanceof org.apache.calcite.rel.core.Project project) {
            Built input = numbered(node(project.getInput()), project.getProjects());
            return new Built(input.node(), expressions.all(project.getProjects(), input), input.windowColumns());
        }
        if (relation instanceof org.apache.calcite.rel.core.Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (relation instanceof org.apache.calcite.rel.core.Sort sort) {
            return sort(sort);
        }
        throw new IllegalStateException("No plan for " + relation);
    }

    /** Makes a plan in which sources meet, or queries in expressions look at one. */
    private Built joined(RelNode relation, @Nullable RexCall gather, boolean filtersFirst, List<RexNode> conditions) {
        List<JoinBuilder.Looked> looked = query.gathered().stream()
                .map(gathered -> new JoinBuilder.Looked(
                        gathered.name(),
                        gathered.source(),
                        gathered.shared() ? null : gathered.source().plan()))
                .toList();
        return new JoinBuilder(expressions, looked).build(relation, this::member, gather, filtersFirst, conditions);
    }

    /** Makes the plan of a source of a join. */
    private Built member(RelNode relation) {
        if (relation instanceof org.apache.calcite.rel.core.Project project) {
            Built input = member(project.getInput());
            return new Built(input.node(), expressions.all(project.getProjects(), input), -1);
        }
        return scan((TableScan) relation);
    }

    private static boolean isSource(RelNode relation) {
        return relation instanceof TableScan
                || (relation instanceof org.apache.calcite.rel.core.Project project && isSource(project.getInput()));
    }

    private Built scan(TableScan scan) {
        Source source = source(scan);
        boolean shared = query.gathered().stream()
                .anyMatch(gathered -> gathered.shared() && gathered.source().equals(source));
        if (source.relation() instanceof Relation.Derived derived && !shared) {
            List<Expression> fields = derived.expressions(source.used().keySet());
            return analytic(new Built(derived.plan().root().input(), fields, -1));
        }
        PlanNode node = source.plan();
        return analytic(new Built(node, inputs(node), -1));
    }

    static Source source(RelNode scan) {
        if (scan instanceof org.apache.calcite.rel.core.Project project) {
            return source(project.getInput());
        }
        SourceTable table = scan instanceof TableScan found ? found.getTable().unwrap(SourceTable.class) : null;
        if (table == null) {
            throw new IllegalStateException("No source for " + scan);
        }
        return table.source();
    }

    private static List<Expression> inputs(PlanNode node) {
        List<Expression> inputs = new ArrayList<>();
        node.output().forEach(column -> inputs.add(new InputColumn(inputs.size(), column.name(), column.type())));
        return inputs;
    }

    /** Evaluates the analytic functions of the query, those inside of others first. */
    private Built analytic(Built input) {
        PlanNode node = input.node();
        List<RexCall> open = new ArrayList<>(analyticCalls);
        while (!open.isEmpty()) {
            List<RexCall> ready = open.stream().filter(expressions::canAnalyse).toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("Analytic calls that need each other: " + open);
            }
            open.removeAll(ready);
            Built before = new Built(node, input.fields(), -1);
            List<Analytic.Call> calls = new ArrayList<>();
            for (RexCall call : ready) {
                calls.add(expressions.analytic(call, before, "$analytic" + (analyticCalls.indexOf(call) + 1)));
            }
            int first = node.output().size();
            node = new Analytic(node, calls);
            for (int i = 0; i < ready.size(); i++) {
                Analytic.Call call = calls.get(i);
                expressions.analysed(ready.get(i), new InputColumn(first + i, call.name(), call.type()));
            }
        }
        return new Built(node, input.fields(), -1);
    }

    private Built filter(org.apache.calcite.rel.core.Filter filter) {
        List<RexNode> before = new ArrayList<>();
        List<RexNode> after = new ArrayList<>();
        RexCall gather = null;
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            Meaning meaning = ExpressionBuilder.meaning(conjunct);
            if (meaning instanceof Meaning.Gather) {
                gather = (RexCall) conjunct;
            } else if (meaning instanceof Meaning.AfterWindow) {
                after.add(((RexCall) conjunct).getOperands().get(0));
            } else {
                before.add(conjunct);
            }
        }
        // what queries look at is not less for what WHERE leaves
        boolean filtersFirst = (gather == null || filtersFirst(gather))
                && query.gathered().stream().noneMatch(Gathering.Gathered::shared);
        if (filter.getInput() instanceof Join
                || (isSource(filter.getInput()) && !query.gathered().isEmpty())) {
            Built joined = joined(filter.getInput(), gather, filtersFirst, before);
            after.addAll(0, before);
            return filtered(joined, after);
        }
        Built input = node(filter.getInput());
        if (gather == null) {
            before.addAll(after);
            return filtered(input, before);
        }
        WindowSpec window = expressions.window(gather, input);
        if (!filtersFirst) {
            after.addAll(0, before);
            before.clear();
        }
        Built gathered = filtered(input, before);
        int windowColumns = gathered.node().output().size();
        return filtered(new Built(new Window(gathered.node(), window), gathered.fields(), windowColumns), after);
    }

    /** Rows that WHERE refuses still count for windows of a number of rows, and make sliding windows slide. */
    private static boolean filtersFirst(RexCall gather) {
        if (!(ExpressionBuilder.meaning(gather) instanceof Meaning.Gather meaning)) {
            throw new IllegalArgumentException(gather.toString());
        }
        return switch (meaning.window().kind()) {
            case TUMBLING, HOPPING, SESSION, STATE -> true;
            case COUNT, SLIDING -> false;
        };
    }

    /** Numbers the rows where one of the expressions asks for it. */
    private Built numbered(Built input, List<RexNode> projects) {
        PlanNode node = new RunningAggregates(expressions, input).add(projects);
        for (RexCall call : ExpressionBuilder.calls(projects, Meaning.RowNumber.class)) {
            String name = "$number" + node.output().size();
            node = expressions.rowNumber(call, node, input, name);
            expressions.analysed(call, new InputColumn(node.output().size() - 1, name, DataType.BIGINT));
        }
        for (RexCall call : ExpressionBuilder.calls(projects, Meaning.NewSpans.class)) {
            String name = "$spans" + node.output().size();
            node = expressions.dedupTrigger(call, node, input, name);
            expressions.analysed(call, new InputColumn(node.output().size() - 1, name, DataType.array(DataType.ANY)));
        }
        return new Built(delayed(node, input, projects), input.fields(), input.windowColumns());
    }

    /** Keeps rows back where one of the expressions asks for it. */
    private PlanNode delayed(PlanNode node, Built input, List<RexNode> nodes) {
        List<Expression> millis = ExpressionBuilder.calls(nodes, Meaning.Wait.class).stream()
                .map(call -> expressions.millis(call, input))
                .toList();
        return millis.isEmpty() ? node : new Delay(node, millis);
    }

    /** Adds the aggregates over the result that conditions compare its rows with. */
    private PlanNode totals(Built input, List<RexNode> conjuncts) {
        List<RexCall> calls = ExpressionBuilder.calls(conjuncts, Meaning.OverResult.class);
        if (calls.isEmpty()) {
            return input.node();
        }
        int first = input.node().output().size();
        List<AggregateCall> totals = new ArrayList<>();
        for (RexCall call : calls) {
            AggregateCall total = expressions.total(call, input);
            expressions.analysed(call, new InputColumn(first + totals.size(), total.name(), total.type()));
            totals.add(total);
        }
        return new Totals(input.node(), totals);
    }

    private Built filtered(Built input, List<RexNode> conjuncts) {
        if (conjuncts.isEmpty()) {
            return input;
        }
        PlanNode node = delayed(totals(input, conjuncts), input, conjuncts);
        Expression condition = Expressions.and(expressions.all(conjuncts, input));
        return new Built(new Filter(node, condition), input.fields(), input.windowColumns());
    }

    private Built aggregate(org.apache.calcite.rel.core.Aggregate aggregate) {
        Built input = node(aggregate.getInput());
        int firstWindowColumn = input.windowColumns();
        boolean incremental = input.node() instanceof Window;
        Map<Integer, Expression> keys = new LinkedHashMap<>();
        for (int key : aggregate.getGroupSet()) {
            keys.put(key, input.fields().get(key));
        }
        List<Expression> kept = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Expression key : keys.values()) {
            // all rows of a result are of one window
            if (!(incremental && windowColumn(key, firstWindowColumn) >= 0)) {
                kept.add(key);
                names.add(key instanceof InputColumn column ? column.name() : key.toString());
            }
        }
        List<AggregateCall> calls = new ArrayList<>();
        aggregate.getAggCallList().forEach(call -> calls.add(expressions.aggregate(call, input)));
        boolean passWindow = firstWindowColumn >= 0 && !incremental && query.windowValues();
        int passed = kept.size() + calls.size();
        if (passWindow) {
            for (int i = 0; i < Window.COLUMNS.size(); i++) {
                String name = Window.COLUMNS.get(i).name();
                InputColumn column = new InputColumn(
                        firstWindowColumn + i, name, Window.COLUMNS.get(i).type());
                calls.add(
                        new AggregateCall(AggregateCall.FIRST_ROW, List.of(column), null, false, column.type(), name));
            }
        }
        PlanNode node = incremental
                ? new WindowAggregate(
                        ((Window) input.node()).input(), ((Window) input.node()).window(), kept, names, calls)
                : new Aggregate(input.node(), kept, names, calls);
        int windowColumns = incremental ? passed : passWindow ? passed : -1;
        List<Expression> columns = inputs(node);
        List<Expression> fields = new ArrayList<>();
        int next = 0;
        for (Expression key : keys.values()) {
            int windowColumn = incremental ? windowColumn(key, firstWindowColumn) : -1;
            fields.add(columns.get(windowColumn >= 0 ? windowColumns + windowColumn : next++));
        }
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            fields.add(columns.get(kept.size() + i));
        }
        return new Built(node, fields, windowColumns);
    }

    private static int windowColumn(Expression expression, int first) {
        return first >= 0 && expression instanceof InputColumn column && column.index() >= first
                ? column.index() - first
                : -1;
    }

    private Built sort(org.apache.calcite.rel.core.Sort sort) {
        Built input = node(sort.getInput());
        PlanNode node = input.node();
        List<Sort.Key> keys = new ArrayList<>();
        for (RelFieldCollation collation : sort.getCollation().getFieldCollations()) {
            keys.add(new Sort.Key(
                    input.fields().get(collation.getFieldIndex()),
                    collation.getDirection().isDescending()));
        }
        if (!keys.isEmpty()) {
            node = new Sort(node, keys);
        }
        if (sort.fetch != null || sort.offset != null) {
            node = new Limit(node, number(sort.offset, 0), number(sort.fetch, Long.MAX_VALUE));
        }
        return new Built(node, input.fields(), input.windowColumns());
    }

    private static long number(@Nullable RexNode node, long absent) {
        Long value = node instanceof RexLiteral literal ? literal.getValueAs(Long.class) : null;
        return value == null ? absent : value;
    }
}
