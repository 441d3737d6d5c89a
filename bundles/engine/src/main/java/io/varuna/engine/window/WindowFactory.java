package io.varuna.engine.window;

import io.varuna.engine.aggregate.AggregateCalls;
import io.varuna.engine.aggregate.GroupColumns;
import io.varuna.engine.aggregate.GroupKeys;
import io.varuna.engine.expression.Evaluator;
import io.varuna.engine.expression.ExpressionCompiler;
import io.varuna.engine.expression.Hits;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.step.Step;
import io.varuna.engine.step.StepSetting;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowSpec;
import io.varuna.plan.WindowSpec.Kind;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the steps of windows. */
public final class WindowFactory {
    private static final long HOUR = WindowSpec.Unit.HH.millis();

    private final ExpressionCompiler compiler;
    private final ZoneId zone;
    private final boolean eventTime;
    private final RuleOptions.Sliding sliding;

    public WindowFactory(ExpressionCompiler compiler, RuleOptions options) {
        this.compiler = compiler;
        this.eventTime = options.eventTime();
        this.sliding = options.sliding();
        this.zone = compiler.surroundings().zone();
    }

    /**
     * Makes a window that keeps its rows.
     *
     * @param shape what has to be the same for state to be taken over
     * @param emptyToo whether windows without rows have a result, too
     */
    public WindowStep rows(StepSetting setting, String shape, WindowSpec window, boolean emptyToo, Step next) {
        GroupKeys partitions = new GroupKeys(compiler.compile(window.partitionBy()));
        return step(setting, shape, window, partitions, BufferedRows::new, null, emptyToo, next);
    }

    /** Makes a window that keeps aggregates. */
    public WindowStep aggregates(StepSetting setting, WindowAggregate plan, boolean emptyToo, Step next) {
        WindowSpec window = plan.window();
        GroupKeys keys = new GroupKeys(compiler.compile(plan.keys()));
        AggregateCalls calls = new AggregateCalls(plan.calls(), compiler);
        // each key has sessions of its own
        GroupKeys partitions =
                window.kind() == Kind.SESSION && window.partitionBy().isEmpty()
                        ? keys
                        : new GroupKeys(compiler.compile(window.partitionBy()));
        boolean empty = emptyToo && keys.none();
        GroupColumns columns =
                GroupColumns.of(plan.keys(), plan.calls(), compiler).orElse(null);
        return step(
                setting, plan.describe(), window, partitions, () -> content(window, keys, calls), columns, empty, next);
    }

    private static Content content(WindowSpec window, GroupKeys keys, AggregateCalls calls) {
        return switch (window.kind()) {
            case TUMBLING, SESSION, STATE -> new GroupedRows(keys, calls);
            case HOPPING -> window.slide() == window.size()
                    ? new GroupedRows(keys, calls)
                    : new PanedRows(keys, calls, paneLength(window));
            case SLIDING -> new SlidingGroups(keys, calls);
            case COUNT -> window.slide() == window.size()
                    ? new GroupedRows(keys, calls)
                    : new SlidingGroups(keys, calls);
        };
    }

    private static long paneLength(WindowSpec window) {
        long length = greatestCommonDivisor(window.size(), window.slide());
        // days may have 23 or 25 hours
        return window.unit() == WindowSpec.Unit.DD ? Math.min(length, HOUR) : length;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private WindowStep step(
            StepSetting setting,
            String shape,
            WindowSpec spec,
            GroupKeys partitions,
            Supplier<Content> contents,
            @Nullable GroupColumns columns,
            boolean emptyToo,
            Step next) {
        Hits hits = new Hits();
        @Nullable Evaluator trigger = compiler.counting(hits).compileOptional(spec.trigger());
        @Nullable Evaluator begin = compiler.compileOptional(spec.begin());
        @Nullable Evaluator end = compiler.compileOptional(spec.end());
        return new WindowStep(
                setting,
                shape,
                compiler.compileOptional(spec.filter()),
                partitions,
                eventTime && spec.kind() == Kind.SLIDING,
                emission -> window(spec, contents, emission, trigger, hits, begin, end, emptyToo),
                columns,
                next);
    }

    private RunningWindow window(
            WindowSpec spec,
            Supplier<Content> contents,
            RunningWindow.Emission emission,
            @Nullable Evaluator trigger,
            Hits hits,
            @Nullable Evaluator begin,
            @Nullable Evaluator end,
            boolean emptyToo) {
        Content content = contents.get();
        return switch (spec.kind()) {
            case TUMBLING, HOPPING -> new AlignedWindow(
                    content,
                    emission,
                    new Alignment(spec.unit(), spec.slide(), zone),
                    spec.size(),
                    spec.slide(),
                    emptyToo);
            case SLIDING -> sliding.twice() && spec.delay() > 0
                    ? new TwiceSentWindow(contents, emission, spec.size(), spec.delay(), trigger, hits)
                    : new SlidingWindow(
                            content,
                            emission,
                            spec.size(),
                            sliding.newer() ? spec.size() - 1 : spec.size(),
                            spec.delay(),
                            eventTime,
                            trigger,
                            hits);
            case SESSION -> new SessionWindow(
                    content, emission, new Alignment(spec.unit(), spec.size(), zone), spec.size(), spec.slide());
            case COUNT -> new CountWindow(content, emission, spec.size(), spec.slide());
            case STATE -> new StateWindow(content, emission, Objects.requireNonNull(begin, "begin"), end);
        };
    }
}
