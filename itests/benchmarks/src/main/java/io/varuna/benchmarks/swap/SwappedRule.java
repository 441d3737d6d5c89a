package io.varuna.benchmarks.swap;

import io.varuna.benchmarks.swap.bundle.NumberCodec;
import io.varuna.benchmarks.swap.bundle.PacedSource;
import io.varuna.engine.Engine;
import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import io.varuna.engine.SwapReport;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.plan.RulePlan;
import io.varuna.plugin.functions.aggregate.AggregateFunctions;
import io.varuna.rulekit.StreamCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A rule that gets numbers, whose plugins are exchanged. Not thread-safe. */
final class SwappedRule implements AutoCloseable {
    private static final String STREAM = "CREATE STREAM numbers (n BIGINT, k BIGINT)"
            + " WITH (TYPE=\"numbers\", FORMAT=\"number\", EXTRA=\"{\\\"perSecond\\\": %d}\")";

    private static final String AGGREGATES = "functions-aggregate";

    private final Ledger ledger = new Ledger();
    private final FunctionTable functions = new FunctionTable();
    private final long perSecond;
    private final Duration health;
    private final Engine engine;
    private final RunningRule rule;
    private FunctionTable.Registration aggregates;
    private String version = "1.0.0";
    private Versions versions;
    private int number = 1;

    /**
     * Starts it.
     *
     * @param health for how long it is watched after each exchange
     */
    SwappedRule(String sql, long perSecond, Duration health) {
        this.perSecond = perSecond;
        this.health = health;
        aggregates = functions.register(new AggregateFunctions(), AGGREGATES, version);
        versions = Versions.of(new PacedSource(), ledger.sink(), new NumberCodec());
        engine = Engine.builder().plugins(versions).functions(functions).build();
        rule = start(sql);
        rule.ready()
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    throw new IllegalStateException(rule.metrics().toString(), late);
                })
                .join();
    }

    private RunningRule start(String sql) {
        StreamCatalog catalog = new StreamCatalog(functions);
        catalog.execute(STREAM.formatted(perSecond));
        RuleOptions options = RuleOptions.DEFAULT;
        RulePlan plan = catalog.compiler().compile(sql, options.dialect(), options.eventTime());
        RuleSpec spec = new RuleSpec(
                "swapped", plan, catalog.read(plan), List.of(new ActionSpec("ledger", 0, Map.of())), options);
        return engine.start(spec, new Failing());
    }

    Ledger ledger() {
        return ledger;
    }

    /** Exchanges a plugin for its next version, and returns for how long the rule stood still. */
    Duration swap(Swaps.Kind kind) throws ExecutionException, InterruptedException {
        number++;
        FunctionTable.Registration former = aggregates;
        versions = next(kind);
        SwapReport report = rule.swap(new PluginView(versions, Map.of(AGGREGATES, version)), health)
                .get();
        if (!report.moved()) {
            throw new IllegalStateException(report.message());
        }
        if (aggregates != former) {
            former.remove();
        }
        return report.pause();
    }

    private Versions next(Swaps.Kind kind) {
        return switch (kind) {
            case SOURCE -> Versions.of(
                    new PacedSource(),
                    versions.sink().factory(),
                    versions.codec().factory());
            case CODEC -> Versions.of(
                    versions.source().factory(), versions.sink().factory(), new NumberCodec());
            case SINK -> Versions.of(
                    versions.source().factory(), ledger.sink(), versions.codec().factory());
            case FUNCTION -> {
                version = number + ".0.0";
                aggregates = functions.register(new AggregateFunctions(), AGGREGATES, version);
                yield versions;
            }
        };
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The rule that is measured does not end. */
    private static final class Failing implements RuleListener {
        @Override
        public void ended(String message) {
            throw new IllegalStateException(message);
        }

        @Override
        public void failed(Exception cause) {
            throw new IllegalStateException(cause);
        }
    }
}
