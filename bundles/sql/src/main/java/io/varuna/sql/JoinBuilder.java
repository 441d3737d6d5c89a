package io.varuna.sql;

import io.varuna.api.data.DataType;
import io.varuna.plan.Expression;
import io.varuna.plan.Expression.InputColumn;
import io.varuna.plan.Expression.Literal;
import io.varuna.plan.Expression.Operation;
import io.varuna.plan.Filter;
import io.varuna.plan.GatheredJoin;
import io.varuna.plan.IntervalJoin;
import io.varuna.plan.JoinKind;
import io.varuna.plan.LookupJoin;
import io.varuna.plan.Operator;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.StreamOptions;
import io.varuna.plan.Unnest;
import io.varuna.plan.Window;
import io.varuna.plan.WindowJoin;
import io.varuna.plan.WindowSpec;
import io.varuna.sql.PlanBuilder.Built;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a join: streams and tables meet in one window, then lookup tables are asked.
 *
 * <p>Conditions of relational algebra count the columns of all sources in the order of FROM; the rows of the plan have those of
 * lookup tables last, and the columns of the window before them.
 */
final class JoinBuilder {
    private static final int LARGE_TABLE = 9999;

    private final ExpressionBuilder expressions;
    private final List<Part> parts = new ArrayList<>();
    private final List<@Nullable Expression> fields = new ArrayList<>();
    private final List<Looked> looked;

    /**
     * What queries in expressions look at.
     *
     * @param node null where it is a source of the join
     */
    record Looked(String name, Source source, @Nullable PlanNode node) {}

    /**
     * A source of the join.
     *
     * @param first its first column, counted over all sources
     * @param condition null for the first source
     */
    private record Part(Source source, Built input, int first, JoinKind kind, @Nullable RexNode condition) {
        boolean isLookup() {
            return source.isLookupTable();
        }

        boolean isUnnested() {
            return source.isUnnested();
        }

        boolean isGathered() {
            return source.relation() instanceof Relation.Gathered;
        }

        ImmutableBitSet columns() {
            return ImmutableBitSet.range(first, first + input.fields().size());
        }
    }

    /** Makes the plan of one source. */
    interface SourcePlan {
        Built of(RelNode scan);
    }

    JoinBuilder(ExpressionBuilder expressions, List<Looked> looked) {
        this.expressions = expressions;
        this.looked = List.copyOf(looked);
    }

    /**
     * Makes the plan.
     *
     * @param gather the window; null if there is none
     * @param filtersFirst whether rows that the conditions refuse may be left out before the window
     * @return a plan to which the conditions that were taken out of {@code conditions} have been applied
     */
    Built build(
            RelNode join,
            SourcePlan sourcePlan,
            @Nullable RexCall gather,
            boolean filtersFirst,
            List<RexNode> conditions) {
        collect(join, sourcePlan);
        parts.forEach(
                part -> fields.addAll(Collections.nCopies(part.input().fields().size(), null)));
        Built built = meet(gather, filtersFirst ? conditions : new ArrayList<>());
        for (Part part : parts) {
            if (part.isLookup()) {
                built = lookup(part, built);
            } else if (part.isGathered()) {
                built = gathered(part, built);
            }
        }
        return built;
    }

    private void collect(RelNode relation, SourcePlan sourcePlan) {
        if (relation instanceof Join join) {
            collect(join.getLeft(), sourcePlan);
            JoinKind kind =
                    switch (join.getJoinType()) {
                        case LEFT -> JoinKind.LEFT;
                        case RIGHT -> JoinKind.RIGHT;
                        case FULL -> JoinKind.FULL;
                        default -> join.getCondition().isAlwaysTrue() ? JoinKind.CROSS : JoinKind.INNER;
                    };
            add(join.getRight(), sourcePlan, kind, join.getCondition());
        } else {
            add(relation, sourcePlan, JoinKind.CROSS, null);
        }
    }

    private void add(RelNode scan, SourcePlan sourcePlan, JoinKind kind, @Nullable RexNode condition) {
        int first =
                parts.stream().mapToInt(part -> part.input().fields().size()).sum();
        parts.add(new Part(PlanBuilder.source(scan), sourcePlan.of(scan), first, kind, condition));
    }

    /** Joins streams and tables that keep their rows. */
    private Built meet(@Nullable RexCall gather, List<RexNode> conditions) {
        List<Part> meeting = parts.stream()
                .filter(part -> !part.isLookup() && !part.isGathered() && !part.isUnnested())
                .toList();
        List<PlanNode> inputs = new ArrayList<>();
        int width = 0;
        for (int i = 0; i < meeting.size(); i++) {
            Part part = meeting.get(i);
            inputs.add(
                    mayFilter(meeting, i)
                            ? filtered(part, conditions)
                            : part.input().node());
            place(part, width, part.source().alias());
            width += part.input().node().output().size();
        }
        Built row = new Built(inputs.get(0), known(), -1);
        WindowSpec window = gather == null ? null : expressions.window(gather, row);
        PlanNode node;
        Meaning.Near near = meeting.size() == 2 ? near(meeting.get(1)) : null;
        if (near != null) {
            node = byTime(meeting.get(1), near, inputs, row);
        } else if (meeting.size() == 1 && looked.isEmpty()) {
            PlanNode rows = unnested(row, window != null, conditions);
            width = rows.output().size();
            node = window == null ? rows : new Window(rows, window);
        } else {
            List<WindowJoin.Input> joined = new ArrayList<>();
            List<WindowJoin.Step> steps = new ArrayList<>();
            for (int i = 0; i < meeting.size(); i++) {
                Part part = meeting.get(i);
                joined.add(new WindowJoin.Input(inputs.get(i), retain(part.source()), name(part.source())));
                if (part.condition() != null) {
                    steps.add(new WindowJoin.Step(part.kind(), expressions.expression(part.condition(), row)));
                }
            }
            for (Looked other : looked) {
                if (other.node() != null) {
                    joined.add(new WindowJoin.Input(other.node(), retain(other.source()), other.name()));
                    width += other.node().output().size();
                }
            }
            node = new WindowJoin(joined, window, steps);
        }
        return new Built(node, known(), window == null ? -1 : width);
    }

    /** Makes rows of the elements of lists, where FROM asks for it, and leaves out what conditions refuse before a window. */
    private PlanNode unnested(Built row, boolean windowed, List<RexNode> conditions) {
        PlanNode node = row.node();
        ImmutableBitSet known = parts.get(0).columns();
        for (Part part : parts) {
            if (part.isUnnested() && part.condition() instanceof RexCall condition) {
                Expression list = expressions.expression(condition.getOperands().get(0), new Built(node, known(), -1));
                place(part, node.output().size(), part.source().alias());
                String name = ((InputColumn) known().get(part.first())).name();
                node = new Unnest(node, expressions.expansion(condition), List.of(list), name);
                known = known.union(part.columns());
            }
        }
        if (!windowed || node.equals(row.node())) {
            return node;
        }
        // the window keeps no rows that do not count
        ImmutableBitSet there = known;
        List<RexNode> own = conditions.stream()
                .filter(condition -> there.contains(RelOptUtil.InputFinder.bits(condition))
                        && !ExpressionBuilder.hasQuery(condition)
                        && ExpressionBuilder.calls(List.of(condition), Meaning.Wait.class)
                                .isEmpty())
                .toList();
        if (own.isEmpty()) {
            return node;
        }
        conditions.removeAll(own);
        return new Filter(node, Expressions.and(expressions.all(own, new Built(node, known(), -1))));
    }

    /** Returns the name under which queries look at a source, or null. */
    private @Nullable String name(Source source) {
        return looked.stream()
                .filter(gathered -> gathered.source().equals(source))
                .map(Looked::name)
                .findFirst()
                .orElse(null);
    }

    /** Returns what the condition of a join says about the times of rows, or null. */
    private static Meaning.@Nullable Near near(Part part) {
        if (part.condition() == null) {
            return null;
        }
        for (RexNode conjunct : RelOptUtil.conjunctions(part.condition())) {
            if (ExpressionBuilder.meaning(conjunct) instanceof Meaning.Near near) {
                return near;
            }
        }
        return null;
    }

    /** Joins the rows of two streams by their times. */
    private PlanNode byTime(Part part, Meaning.Near near, List<PlanNode> inputs, Built row) {
        int width = inputs.get(0).output().size();
        List<Expression> conjuncts = new ArrayList<>();
        for (RexNode rex : RelOptUtil.conjunctions(part.condition())) {
            if (!(ExpressionBuilder.meaning(rex) instanceof Meaning.Near) && !rex.isAlwaysTrue()) {
                conjuncts.addAll(Expressions.conjuncts(expressions.expression(rex, row)));
            }
        }
        Equalities equalities = Equalities.of(conjuncts, width);
        return new IntervalJoin(
                inputs.get(0),
                inputs.get(1),
                part.kind(),
                equalities.left(),
                equalities.right(),
                near.lower(),
                near.upper(),
                equalities.rest());
    }

    /** Tells whether leaving rows of an input out beforehand leaves the same rows out of the result. */
    private static boolean mayFilter(List<Part> meeting, int index) {
        List<JoinKind> kinds = meeting.stream().skip(1).map(Part::kind).toList();
        boolean inner = kinds.stream().allMatch(kind -> kind == JoinKind.INNER || kind == JoinKind.CROSS);
        boolean preserved = kinds.stream().noneMatch(kind -> kind == JoinKind.RIGHT || kind == JoinKind.FULL);
        return inner || (index == 0 && preserved);
    }

    private PlanNode filtered(Part part, List<RexNode> conditions) {
        List<RexNode> own = conditions.stream()
                .filter(condition -> {
                    ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
                    return !used.isEmpty() && part.columns().contains(used) && !ExpressionBuilder.hasQuery(condition);
                })
                .toList();
        if (own.isEmpty()) {
            return part.input().node();
        }
        conditions.removeAll(own);
        place(part, 0, "");
        List<Expression> all = expressions.all(own, new Built(part.input().node(), known(), -1));
        return new Filter(part.input().node(), Expressions.and(all));
    }

    private void place(Part part, int first, String alias) {
        // Calcite may have moved a part of a condition that is of one source alone below the join
        List<Expression> columns = part.input().fields();
        for (int i = 0; i < columns.size(); i++) {
            fields.set(part.first() + i, Expressions.shifted(columns.get(i), first, alias));
        }
    }

    /** Returns the columns of all sources; those that are not there yet are never asked for. */
    private List<Expression> known() {
        Expression none = new Literal(null, DataType.ANY);
        return fields.stream().map(field -> field == null ? none : field).toList();
    }

    private static int retain(Source source) {
        if (source.isStream() || !(source.relation() instanceof Relation.Declared table)) {
            return 0;
        }
        StreamOptions options = table.definition().options();
        int size = options.get("RETAIN_SIZE").map(Integer::parseInt).orElse(0);
        boolean file = options.type(table.kind()).equals("file");
        return size > 0 ? size : file ? LARGE_TABLE : 1;
    }

    /** Joins the row around a query with what the query looks at. */
    private Built gathered(Part part, Built input) {
        if (!(part.input().node() instanceof Scan scan)
                || !(part.source().relation() instanceof Relation.Gathered relation)
                || part.condition() == null) {
            throw new IllegalStateException("Nothing gathered for " + part);
        }
        int first = input.node().output().size();
        place(part, first, part.source().alias());
        Expression condition = expressions.expression(part.condition(), new Built(input.node(), known(), -1));
        Equalities equalities = Equalities.of(Expressions.conjuncts(condition), first);
        PlanNode node = new GatheredJoin(
                input.node(),
                relation.name(),
                scan.columns(),
                equalities.left(),
                equalities.right(),
                equalities.rest());
        return new Built(node, known(), -1);
    }

    private Built lookup(Part part, Built input) {
        if (!(part.input().node() instanceof Scan scan) || part.condition() == null) {
            throw new IllegalStateException("No lookup of " + part);
        }
        int first = input.node().output().size();
        place(part, first, part.source().alias());
        Expression condition =
                expressions.expression(part.condition(), new Built(input.node(), known(), input.windowColumns()));
        List<String> keyColumns = new ArrayList<>();
        List<Expression> keys = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Expression conjunct : Expressions.conjuncts(condition)) {
            Key key = key(conjunct, first, part.source().alias());
            if (key == null || keyColumns.contains(key.column())) {
                rest.add(conjunct);
            } else {
                keyColumns.add(key.column());
                keys.add(key.value());
            }
        }
        Expression residual = rest.isEmpty() ? null : Expressions.and(rest);
        PlanNode node = new LookupJoin(
                input.node(),
                scan.stream(),
                scan.alias(),
                scan.columns(),
                keyColumns,
                keys,
                residual,
                part.kind() == JoinKind.LEFT);
        return new Built(node, known(), input.windowColumns());
    }

    private record Key(String column, Expression value) {}

    /** Reads an equality of a column of the table, whose columns start at a position, and a value known without it. */
    private static @Nullable Key key(Expression conjunct, int first, String alias) {
        if (!(conjunct instanceof Operation equality) || equality.operator() != Operator.EQUAL) {
            return null;
        }
        Expression left = equality.operands().get(0);
        Expression right = equality.operands().get(1);
        Key key = key(left, right, first, alias);
        return key == null ? key(right, left, first, alias) : key;
    }

    private static @Nullable Key key(Expression column, Expression value, int first, String alias) {
        boolean known = Expression.inputs(List.of(value)).stream().allMatch(index -> index < first);
        return known && column instanceof InputColumn found && found.index() >= first
                ? new Key(found.name().substring(alias.length() + 1), value)
                : null;
    }
}
