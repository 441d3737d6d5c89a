package io.varuna.engine;

import io.varuna.api.data.Missing;
import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.match.MatchStep;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.source.LookupTable;
import io.varuna.engine.step.AggregateStep;
import io.varuna.engine.step.AnalyticStep;
import io.varuna.engine.step.DedupTriggerStep;
import io.varuna.engine.step.DelayStep;
import io.varuna.engine.step.FilterStep;
import io.varuna.engine.step.GatheredJoinStep;
import io.varuna.engine.step.GatheredRows;
import io.varuna.engine.step.LimitStep;
import io.varuna.engine.step.LookupStep;
import io.varuna.engine.step.ProjectStep;
import io.varuna.engine.step.RowNumberStep;
import io.varuna.engine.step.SortStep;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import io.varuna.engine.step.TotalsStep;
import io.varuna.engine.step.UnnestStep;
import io.varuna.engine.window.RunningAggregateStep;
import io.varuna.engine.window.WindowFactory;
import io.varuna.plan.Aggregate;
import io.varuna.plan.Analytic;
import io.varuna.plan.DedupTrigger;
import io.varuna.plan.Delay;
import io.varuna.plan.Dialect;
import io.varuna.plan.Filter;
import io.varuna.plan.GatheredJoin;
import io.varuna.plan.Limit;
import io.varuna.plan.LookupJoin;
import io.varuna.plan.MatchRecognize;
import io.varuna.plan.PlanNode;
import io.varuna.plan.Project;
import io.varuna.plan.RowNumber;
import io.varuna.plan.RunningAggregate;
import io.varuna.plan.Scan;
import io.varuna.plan.Sort;
import io.varuna.plan.Totals;
import io.varuna.plan.Unnest;
import io.varuna.plan.WindowAggregate;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes the steps of nodes that stand by themselves. */
final class StepFactory {
    private final RuleSpec spec;
    private final Assembly assembly;
    private final PluginAccess access;
    private final Surroundings surroundings;
    private final ExpressionCompiler compiler;
    private final WindowFactory windows;
    private final GatheredRows gathered;
    private final Consumer<LookupTable> lookups;

    /**
     * Creates the factory.
     *
     * @param gathered the rows that queries can look at
     * @param lookups learns of each table that is asked
     */
    StepFactory(
            RuleSpec spec,
            Assembly assembly,
            PluginAccess access,
            ExpressionCompiler compiler,
            GatheredRows gathered,
            Consumer<LookupTable> lookups) {
        this.spec = spec;
        this.assembly = assembly;
        this.access = access;
        this.surroundings = compiler.surroundings();
        this.compiler = compiler;
        this.windows = new WindowFactory(compiler, spec.options());
        this.gathered = gathered;
        this.lookups = lookups;
    }

    /** Makes the step of a node whose inputs are one, and which is no window of rows. */
    Step step(PlanNode node, StepSetting setting, Step next) {
        if (node instanceof Filter filter) {
            return new FilterStep(setting, filter, compiler, next);
        }
        if (node instanceof Project project) {
            return new ProjectStep(setting, project, compiler, next);
        }
        if (node instanceof Analytic analytic) {
            return new AnalyticStep(setting, analytic, compiler, next);
        }
        if (node instanceof WindowAggregate window) {
            return windows.aggregates(
                    setting,
                    window,
                    surroundings.dialect() == Dialect.RULE
                            && NestedWindows.showsGaps(node, spec.options().eventTime()),
                    next);
        }
        if (node instanceof Aggregate aggregate) {
            return new AggregateStep(
                    setting,
                    new GroupKeys(compiler.compile(aggregate.keys())),
                    new AggregateCalls(aggregate.calls(), compiler),
                    next);
        }
        if (node instanceof Sort sort) {
            return new SortStep(setting, sort, compiler, next);
        }
        if (node instanceof RowNumber number) {
            return new RowNumberStep(setting, number, compiler, next);
        }
        if (node instanceof RunningAggregate running) {
            return new RunningAggregateStep(setting, running, spec.options().eventTime(), compiler, next);
        }
        if (node instanceof MatchRecognize match) {
            return new MatchStep(setting, match, compiler, next);
        }
        if (node instanceof Totals totals) {
            return new TotalsStep(setting, new AggregateCalls(totals.calls(), compiler), next);
        }
        if (node instanceof Limit limit) {
            return new LimitStep(setting, limit.offset(), limit.count(), next);
        }
        if (node instanceof Delay delay) {
            return new DelayStep(
                    setting,
                    delay.describe(),
                    compiler.compile(delay.millis()),
                    spec.options().eventTime(),
                    next);
        }
        if (node instanceof DedupTrigger trigger) {
            return new DedupTriggerStep(setting, trigger, compiler, next);
        }
        if (node instanceof Unnest unnest) {
            return new UnnestStep(setting, unnest, compiler, next);
        }
        if (node instanceof GatheredJoin join) {
            return new GatheredJoinStep(setting, join, gathered, compiler, next);
        }
        return lookup(setting, (LookupJoin) node, next);
    }

    private Step lookup(StepSetting setting, LookupJoin plan, Step next) {
        boolean all = plan.columns().stream().anyMatch(column -> column.source() == Scan.ColumnSource.RECORD);
        List<String> columns = all
                ? List.of()
                : plan.columns().stream().map(Scan.ScanColumn::name).toList();
        LookupTable table = new LookupTable(
                spec.stream(plan.table()),
                Objects.requireNonNull(assembly.lookups().get(plan.table()), plan.table()),
                columns,
                plan.keyColumns(),
                spec.id(),
                access);
        lookups.accept(table);
        return new LookupStep(
                setting,
                table,
                plan.columns(),
                compiler.compile(plan.keys()),
                compiler.compileOptional(plan.residual()),
                plan.outer(),
                surroundings.dialect() == Dialect.RULE ? Missing.VALUE : null,
                next);
    }
}
