package io.varuna.benchmarks.pipeline;

import io.varuna.api.plugin.PluginFactory;
import io.varuna.benchmarks.message.Messages;
import io.varuna.engine.Engine;
import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.EngineTime;
import io.varuna.plan.RulePlan;
import io.varuna.plugin.codec.json.JsonCodec;
import io.varuna.plugin.functions.aggregate.AggregateFunctions;
import io.varuna.rulekit.GivenPlugins;
import io.varuna.rulekit.StreamCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The engine without a container: compiles and runs rules over messages in memory. */
public final class VarunaEngine implements AutoCloseable {
    /** The type of the sink that does not look at its rows. */
    public static final String IGNORE = "ignore";
    /** The type of the sink that gives its messages to the output. */
    public static final String OUTPUT = "output";

    private final FunctionTable functions = new FunctionTable();
    private final StreamCatalog catalog = new StreamCatalog(functions);
    private final FeedSource feed = new FeedSource();
    private final IgnoringSink ignored = new IgnoringSink();
    private final Engine engine;

    /**
     * Creates the engine.
     *
     * @param more plugins beside those for messages in memory and JSON
     */
    public VarunaEngine(EngineTime time, Output output, PluginFactory<?>... more) {
        functions.register(new AggregateFunctions(), "functions-aggregate", "1.0.0");
        List<PluginFactory<?>> plugins = new ArrayList<>(List.of(more));
        plugins.addAll(List.of(feed, ignored, new OutputSink(output), new JsonCodec()));
        this.engine = Engine.builder()
                .plugins(new GivenPlugins(plugins))
                .functions(functions)
                .time(time)
                .build();
    }

    /** Carries out a CREATE statement. */
    public void create(String statement) {
        catalog.execute(statement);
    }

    /** Starts a rule and waits until its sources and sinks are open. */
    public RunningRule start(String id, String sql, ActionSpec action, Map<String, ?> options) {
        RunningRule rule = engine.start(rule(id, sql, action, options), new Failing());
        rule.ready().join();
        return rule;
    }

    /** Runs a rule until its sources have no more, and its sink has all results. */
    public void runToEnd(RuleSpec rule) {
        CompletableFuture<String> over = new CompletableFuture<>();
        engine.start(rule, new RuleListener() {
            @Override
            public void ended(String message) {
                over.complete(message);
            }

            @Override
            public void failed(Exception cause) {
                over.completeExceptionally(cause);
            }
        });
        over.join();
    }

    /** Compiles a rule. */
    public RuleSpec rule(String id, String sql, ActionSpec action, Map<String, ?> options) {
        RuleOptions read = RuleOptions.of(options);
        RulePlan plan = catalog.compiler().compile(sql, read.dialect(), read.eventTime());
        return new RuleSpec(id, plan, catalog.read(plan), List.of(action), read);
    }

    /** Returns the action for a sink that sends each row for itself. */
    public static ActionSpec action(String type) {
        return new ActionSpec(type, 0, Map.of("sendSingle", true));
    }

    /** Gives a part of the messages to the rules that read a stream. */
    public void feed(String stream, Messages messages, int from, int to) throws InterruptedException {
        feed.feed(stream, messages, from, to);
    }

    /** Returns how many rows came to the sinks that do not look at them. */
    public long ignoredRows() {
        return ignored.rows();
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Rules that are measured do not end. */
    private static final class Failing implements RuleListener {
        @Override
        public void ended(String message) {}

        @Override
        public void failed(Exception cause) {
            throw new IllegalStateException("The rule failed", cause);
        }
    }
}
