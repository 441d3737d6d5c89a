package io.varuna.engine;

import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An engine with a stream of columns, a rule and its sinks. */
final class ColumnSite implements AutoCloseable {
    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    final TestStream stream = new TestStream();
    final TestSink sink = new TestSink(false);
    final TestSink errors = new TestSink(false);
    final TestSink late = new TestSink(false);
    final VirtualTime time = new VirtualTime(START);
    private final Engine engine;
    private @Nullable RunningRule rule;

    ColumnSite() {
        FunctionTable functions = new FunctionTable();
        functions.register(new TestFunctions(), "test", "1.0.0");
        engine = Engine.builder()
                .plugins(new TestPlugins()
                        .source("test", stream)
                        .sink("test", sink)
                        .sink("errors", errors)
                        .sink("late", late)
                        .codec(new ColumnJson()))
                .functions(functions)
                .stateStore(new MemoryStateStore())
                .time(time)
                .zone(ZoneOffset.UTC)
                .build();
    }

    /** Starts the rule, anew if it runs; {@code action} are the properties of its only action. */
    void start(RulePlan plan, Map<String, Object> action) {
        start(plan, action, Plans.stream("demo"), Map.of());
    }

    /** The same with a stream and more options of the rule. */
    void start(RulePlan plan, Map<String, Object> action, StreamDefinition definition, Map<String, Object> options) {
        Map<String, Object> all = new TreeMap<>(options);
        all.putAll(Map.of("qos", 1, "onError", List.of(Map.of("errors", Map.of()))));
        RunningRule before = rule;
        if (before != null) {
            before.stop();
        }
        rule = engine.start(
                new RuleSpec(
                        "r1",
                        plan,
                        List.of(definition),
                        List.of(new ActionSpec("test", 0, action)),
                        RuleOptions.of(all)),
                new Unending());
    }

    /** Returns the figures that depend neither on how long something took, nor on how records are put into payloads. */
    Map<String, Object> figures() {
        RunningRule running = rule;
        Map<String, Object> figures = new TreeMap<>(running == null ? Map.of() : running.metrics());
        figures.keySet()
                .removeIf(name -> name.contains("latency")
                        || name.contains("time")
                        || name.equals("source_demo_0_records_in_total"));
        return figures;
    }

    @Override
    public void close() {
        engine.close();
    }
}
