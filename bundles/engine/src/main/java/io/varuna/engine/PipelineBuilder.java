package io.varuna.engine;

import io.varuna.api.data.Column;
import io.varuna.api.data.DataType;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Schema;
import io.varuna.api.manage.StreamKind;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.data.PendingResults;
import io.varuna.engine.expression.Bindings;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.step.EventOrderStep;
import io.varuna.engine.step.GatheredRows;
import io.varuna.engine.step.IntervalJoinStep;
import io.varuna.engine.step.JoinInputStep;
import io.varuna.engine.step.JoinStep;
import io.varuna.engine.step.LateRows;
import io.varuna.engine.step.OutputStep;
import io.varuna.engine.step.ResultTimeStep;
import io.varuna.engine.step.SetStep;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import io.varuna.engine.step.Trouble;
import io.varuna.engine.step.UnionStep;
import io.varuna.engine.step.Watermark;
import io.varuna.engine.window.WindowFactory;
import io.varuna.plan.Aggregate;
import io.varuna.plan.Dialect;
import io.varuna.plan.IntervalJoin;
import io.varuna.plan.JoinKind;
import io.varuna.plan.Output;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Scan;
import io.varuna.plan.SetOperation;
import io.varuna.plan.Union;
import io.varuna.plan.Window;
import io.varuna.plan.WindowJoin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the steps of a plan. */
final class PipelineBuilder {
    private final RuleSpec spec;
    private final Assembly assembly;
    private final PluginAccess access;
    private final Surroundings surroundings;
    private final Trouble trouble;
    private final LateRows late;
    private final ExpressionCompiler compiler;
    private final StepFactory steps;
    private final GatheredRows gathered = new GatheredRows();
    private final WindowFactory windows;
    private final PendingResults results;
    private final @Nullable Watermark watermark;
    private final Pipeline pipeline;
    private final List<Step> built = new ArrayList<>();
    private final List<LookupTable> lookups = new ArrayList<>();
    private final IdentityHashMap<PlanNode, Integer> numbers = new IdentityHashMap<>();

    /**
     * Prepares to build.
     *
     * @param versions by name of a plugin, the version whose functions are called
     * @param results where the last step puts what comes out
     * @param late gets rows that come too late in event time
     */
    PipelineBuilder(
            RuleSpec spec,
            Assembly assembly,
            PluginAccess access,
            Map<String, String> versions,
            Surroundings surroundings,
            Trouble trouble,
            PendingResults results,
            LateRows late) {
        this.spec = spec;
        this.assembly = assembly;
        this.access = access;
        this.surroundings = surroundings;
        this.trouble = trouble;
        this.late = late;
        this.results = results;
        Bindings bindings = new Bindings(surroundings.functions(), versions);
        SubqueryBuilder subqueries = new SubqueryBuilder(surroundings.clock(), gathered, this::steps);
        this.compiler = new ExpressionCompiler(surroundings, bindings, subqueries);
        this.windows = new WindowFactory(compiler, spec.options());
        this.steps = steps(compiler);
        this.watermark = spec.options().eventTime()
                ? new Watermark(
                        spec.options().lateTolerance().toMillis(),
                        spec.options().idleTimeout().toMillis())
                : null;
        boolean stepwise = NestedWindows.meet(spec.plan().root());
        if (watermark != null && stepwise) {
            watermark.stepwise();
        }
        this.pipeline = new Pipeline(watermark, stepwise, bindings, results);
    }

    /** Returns what makes steps with the expressions of a compiler. */
    private StepFactory steps(ExpressionCompiler expressions) {
        return new StepFactory(spec, assembly, access, expressions, gathered, lookups::add);
    }

    Pipeline build() {
        gather(spec.plan().root());
        number(spec.plan().root());
        Output root = spec.plan().root();
        OutputStep output = new OutputStep(
                setting(root), root, spec.options().nilFields(), spec.options().metaToSink(), results);
        built.add(output);
        input(root.input(), output, List.of(root));
        Collections.reverse(built);
        built.forEach(pipeline::add);
        lookups.forEach(pipeline::add);
        return pipeline;
    }

    /** Notes which rows the queries in expressions will look at. */
    private void gather(PlanNode node) {
        if (node instanceof WindowJoin join) {
            int offset = 0;
            for (WindowJoin.Input input : join.inputNodes()) {
                List<Column> columns = input.node().output();
                if (input.gathered() != null) {
                    gathered.add(
                            input.gathered(),
                            offset,
                            columns.stream().map(Column::name).toList());
                }
                offset += columns.size();
            }
        }
        node.inputs().forEach(this::gather);
    }

    /** Numbers the steps in the order in which rows pass, from 2 on as eKuiper does. */
    private void number(PlanNode node) {
        node.inputs().forEach(this::number);
        if (!(node instanceof Scan) || watermark != null) {
            numbers.put(node, numbers.size() + 2);
        }
    }

    /** Makes the step of a node and those below it; {@code above} are the nodes from the root to it. */
    private void input(PlanNode node, Step next, List<PlanNode> above) {
        if (node instanceof Scan scan) {
            scan(scan, next);
            return;
        }
        List<PlanNode> path = new ArrayList<>(above);
        path.add(node);
        if (node instanceof Union union) {
            UnionStep step = new UnionStep(setting(node), union.inputs().size(), next);
            built.add(step);
            for (int i = 0; i < union.inputs().size(); i++) {
                input(union.inputs().get(i), step.input(setting(node), i), path);
            }
            return;
        }
        if (node instanceof SetOperation operation) {
            SetStep step = new SetStep(setting(node), operation, next);
            built.add(step);
            input(operation.left(), step.input(hidden("left", operation.left()), 0), path);
            input(operation.right(), step.input(hidden("right", operation.right()), 1), path);
            return;
        }
        if (node instanceof WindowJoin join) {
            join(join, next, path);
            return;
        }
        if (node instanceof IntervalJoin join) {
            intervalJoin(join, next, path);
            return;
        }
        StepSetting setting = setting(node);
        Step step = node instanceof Window window
                ? windows.rows(
                        setting,
                        window.describe(),
                        window.window(),
                        emptyToo(above) && NestedWindows.showsGaps(node, watermark != null),
                        next)
                : steps.step(node, setting, next);
        built.add(step);
        PlanNode input = node.inputs().get(0);
        input(input, NestedWindows.window(node) == null ? step : dated(input, step), path);
    }

    /** Returns the way into a window, where rows that come from another one get a time that suits. */
    private Step dated(PlanNode input, Step window) {
        return NestedWindows.closesByTime(input) ? new ResultTimeStep(hidden("dated", input), window) : window;
    }

    /** Returns the setting of what is not a step of its own for people. */
    private StepSetting hidden(String name, PlanNode input) {
        return new StepSetting(new StepMetrics(name, false), trouble, surroundings.clock(), input.output());
    }

    /** Makes a window over the rows of all streams, and what joins them when it closes. */
    private void join(WindowJoin plan, Step next, List<PlanNode> path) {
        int inputs = plan.inputNodes().size();
        int[] offsets = new int[inputs + 1];
        int[] retained = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            offsets[i + 1] = offsets[i] + plan.inputs().get(i).output().size();
            retained[i] = plan.inputNodes().get(i).retain();
        }
        List<JoinStep.Join> joins = new ArrayList<>();
        for (int step = 0; step < plan.steps().size(); step++) {
            joins.add(new JoinStep.Join(plan.steps().get(step), offsets[step + 1], offsets[step + 2], compiler));
        }
        StepSetting setting = joinSetting(plan, "join");
        List<GatheredRows.@Nullable Input> looked = new ArrayList<>();
        plan.inputNodes()
                .forEach(input -> looked.add(input.gathered() == null ? null : gathered.input(input.gathered())));
        JoinStep join =
                new JoinStep(setting, plan.describe(), offsets, retained, looked, joins, plan.window() != null, next);
        built.add(join);
        Step entry = join;
        // windows close in no order that could be relied on, so the next one waits for all of them
        boolean nested = NestedWindows.anyWindowed(plan.inputs());
        long streams =
                plan.inputNodes().stream().filter(input -> !input.isTable()).count();
        if (plan.window() != null) {
            List<PlanNode> above = path.subList(0, path.size() - 1);
            entry = windows.rows(joinSetting(plan, "window"), plan.describe(), plan.window(), emptyToo(above), join);
            built.add(entry);
        }
        UnionStep together = new UnionStep(hidden("inputs", plan), (int) streams, entry);
        int stream = 0;
        Object absent = surroundings.dialect() == Dialect.RULE ? Missing.VALUE : null;
        for (int i = 0; i < inputs; i++) {
            PlanNode input = plan.inputs().get(i);
            StepSetting hidden = hidden("input_" + i, input);
            Step target = entry;
            if (plan.inputNodes().get(i).isTable()) {
                target = join.table(hidden, i);
            } else if (nested) {
                target = together.input(hidden, stream++);
            }
            Step wide =
                    new JoinInputStep(hidden, i, offsets[i], offsets[inputs], absent, plan.window() == null, target);
            input(input, plan.window() == null ? wide : dated(input, wide), path);
        }
    }

    private void intervalJoin(IntervalJoin plan, Step next, List<PlanNode> path) {
        IntervalJoinStep step = new IntervalJoinStep(
                setting(Objects.requireNonNull(numbers.get(plan), "join"), "join", plan.output()),
                plan.describe(),
                new IntervalJoinStep.Side(
                        new GroupKeys(compiler.compile(plan.leftKeys())),
                        plan.left().output().size(),
                        plan.lower(),
                        plan.upper()),
                new IntervalJoinStep.Side(
                        new GroupKeys(compiler.compile(plan.rightKeys())),
                        plan.right().output().size(),
                        -plan.upper(),
                        -plan.lower()),
                plan.kind() == JoinKind.LEFT,
                compiler.compileOptional(plan.residual()),
                surroundings.dialect() == Dialect.RULE ? Missing.VALUE : null,
                next);
        built.add(step);
        input(plan.left(), step.left(hidden("input_0", plan.left())), path);
        input(plan.right(), step.right(hidden("input_1", plan.right())), path);
    }

    private StepSetting joinSetting(WindowJoin plan, String name) {
        return setting(Objects.requireNonNull(numbers.get(plan), name), name, plan.output());
    }

    private StepSetting setting(PlanNode node) {
        List<Column> input =
                node instanceof Scan ? node.output() : node.inputs().get(0).output();
        String name = StepNames.of(node);
        return setting(Objects.requireNonNull(numbers.get(node), name), name, input);
    }

    private StepSetting setting(int number, String name, List<Column> input) {
        StepMetrics metrics = new StepMetrics("op_" + number + "_" + name + "_0", false);
        return new StepSetting(metrics, trouble, surroundings.clock(), input);
    }

    /**
     * Tells whether a window without rows has a result, in the rule dialect: that of aggregates without keys, and an empty
     * one where some action wants it. That of a window below another one is not put out.
     */
    private boolean emptyToo(List<PlanNode> above) {
        boolean wanted =
                assembly.actions().stream().anyMatch(outlet -> outlet.options().emptyToo());
        return surroundings.dialect() == Dialect.RULE
                && above.stream().allMatch(node -> NestedWindows.window(node) == null)
                && (wanted
                        || above.stream()
                                .anyMatch(node -> node instanceof Aggregate aggregate
                                        && aggregate.keys().isEmpty()));
    }

    /** Tells streams, whose rows have times, from tables. */
    private boolean isStream(Scan scan) {
        return spec.stream(scan.stream()).kind() == StreamKind.STREAM;
    }

    /** Returns the scan with the whole record as a last column, which the step that puts rows into order takes off. */
    private static Scan withRecord(Scan scan) {
        List<Scan.ScanColumn> columns = new ArrayList<>(scan.columns());
        columns.add(new Scan.ScanColumn("", DataType.struct(Schema.OPEN), Scan.ColumnSource.RECORD));
        return new Scan(scan.stream(), scan.alias(), columns);
    }

    private void scan(Scan scan, Step next) {
        Step head = next;
        StepMetrics metrics = next.metrics();
        boolean ordered = watermark != null && isStream(scan);
        if (watermark != null && ordered) {
            head = new EventOrderStep(setting(scan), "event time, " + scan.describe(), watermark, late, next);
            metrics = head.metrics();
            built.add(head);
        }
        pipeline.add(new ScanInput(
                ordered && late.wantRecords() ? withRecord(scan) : scan,
                spec.stream(scan.stream()),
                ordered,
                spec.options().metaToSink(),
                surroundings.clock().withZone(surroundings.zone()),
                head,
                trouble,
                metrics));
    }
}
