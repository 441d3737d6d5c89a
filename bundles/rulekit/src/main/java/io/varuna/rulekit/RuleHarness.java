package io.varuna.rulekit;

import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionLibrary;
import io.varuna.api.manage.StreamKind;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.engine.Engine;
import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.time.VirtualTime;
import io.varuna.plan.Catalog;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import io.varuna.sql.SqlCompiler;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue, a compiler and an engine on virtual time, for tests of rules. What a step sets off has happened when the
 * method that took it returns. One thread.
 */
public final class RuleHarness implements AutoCloseable {
    private final Map<String, TestRule> rules = new LinkedHashMap<>();
    private final FunctionTable functions = new FunctionTable();
    private final FeedSource feed = new FeedSource();
    private final FeedLookup tables = new FeedLookup();
    private final CollectSink collected = new CollectSink();
    private final VirtualTime time;
    private final Engine engine;
    private final Statements statements;

    private RuleHarness(
            Instant start,
            ZoneId zone,
            List<FunctionLibrary> libraries,
            List<PluginFactory<?>> factories,
            Function<RuleHarness, Statements> statements) {
        libraries.forEach(
                library -> functions.register(library, library.getClass().getSimpleName(), "1.0.0"));
        List<PluginFactory<?>> plugins = new ArrayList<>(factories);
        plugins.add(collected);
        this.time = new VirtualTime(start);
        this.engine = Engine.builder()
                .plugins(new HarnessPlugins(feed, tables, collected, plugins))
                .functions(functions)
                .stateStore(new MemoryStateStore())
                .time(time)
                .zone(zone)
                .build();
        this.statements = statements.apply(this);
    }

    /**
     * Creates a harness in UTC.
     *
     * @param start where the clock stands
     * @param factories formats, and sinks other than the collecting one
     */
    public static RuleHarness starting(
            Instant start, List<FunctionLibrary> libraries, List<PluginFactory<?>> factories) {
        return starting(start, ZoneOffset.UTC, libraries, factories);
    }

    /** Creates a harness whose engine is in a time zone. */
    public static RuleHarness starting(
            Instant start, ZoneId zone, List<FunctionLibrary> libraries, List<PluginFactory<?>> factories) {
        return new RuleHarness(start, zone, libraries, factories, harness -> new StreamCatalog(harness.functions()));
    }

    /**
     * Creates a harness in UTC whose statements somebody else carries out.
     *
     * @param statements makes what carries them out, of a harness that has functions but no rules yet
     */
    public static RuleHarness starting(
            Instant start,
            List<FunctionLibrary> libraries,
            List<PluginFactory<?>> factories,
            Function<RuleHarness, Statements> statements) {
        return new RuleHarness(start, ZoneOffset.UTC, libraries, factories, statements);
    }

    /** Returns the functions that statements can name. */
    public FunctionTable functions() {
        return functions;
    }

    /**
     * Carries out a statement about streams or tables.
     *
     * @return what a person is told; empty where nobody asks
     */
    public String execute(String statement) {
        return statements.execute(statement);
    }

    /** Reads a statement about streams without carrying it out. */
    public void check(String statement) {
        new SqlCompiler(statements.catalog()).statement(statement);
    }

    /** Stops and starts the container, as far as streams, tables and running rules notice. */
    public void restart() {
        statements.restart();
        running().forEach(TestRule::restart);
    }

    /** Compiles a query without running it. */
    public RulePlan compile(String select, Map<String, ? extends @Nullable Object> options) {
        return compile(select, options, statements.catalog());
    }

    private static RulePlan compile(String select, Map<String, ? extends @Nullable Object> options, Catalog catalog) {
        RuleOptions read = RuleOptions.of(options);
        return new SqlCompiler(catalog).compile(select, read.dialect(), read.eventTime());
    }

    /**
     * Starts a rule whose results are collected.
     *
     * @param options as in a rule's document
     * @param sink properties that all sinks have, such as {@code sendSingle}
     */
    public TestRule start(
            String id,
            String select,
            Map<String, ? extends @Nullable Object> options,
            Map<String, ? extends @Nullable Object> sink) {
        TestRule rule = new TestRule(id, select, options, sink);
        rule.start();
        rules.put(id, rule);
        return rule;
    }

    private Stream<TestRule> running() {
        return rules.values().stream().filter(rule -> rule.running != null);
    }

    private Stream<TestRule> running(String stream) {
        return running().filter(rule -> rule.spec.plan().streams().contains(stream));
    }

    /** Returns the ids of the rules that read a stream, in ascending order. */
    public List<String> readersOf(String stream) {
        return running(stream).map(rule -> rule.spec.id()).sorted().toList();
    }

    /** Returns why a rule could not be compiled against other streams; empty if it could. */
    public Optional<String> problem(String rule, Catalog streams) {
        try {
            Objects.requireNonNull(rules.get(rule), rule).compiled(streams);
            return Optional.empty();
        } catch (VarunaException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Compiles the rules that read a stream anew, and lets them go on. */
    public void streamChanged(String stream) {
        running(stream).toList().forEach(TestRule::replan);
    }

    /** Moves the clock, firing what is due on the way. */
    public void advanceTo(Instant instant) {
        time.advanceTo(instant);
    }

    /** Returns where the clock stands. */
    public Instant now() {
        return time.clock().instant();
    }

    /**
     * Feeds records to every rule that reads the stream, as one batch; or adds them to a lookup table.
     *
     * @param records rows as maps, or payloads as texts
     */
    public void send(String stream, List<?> records, Map<String, @Nullable Object> metadata) {
        try {
            if (stream(stream).filter(t -> t.kind() == StreamKind.LOOKUP_TABLE).isPresent()) {
                tables.add(stream, records);
                return;
            }
            feed.send(stream, records, metadata);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test was interrupted", e);
        }
    }

    /** Ends a stream. */
    public void end(String stream) {
        try {
            feed.end(stream);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test was interrupted", e);
        }
    }

    /** Returns the definition of a stream that was created. */
    public Optional<StreamDefinition> stream(String name) {
        return statements.catalog().stream(name);
    }

    @Override
    public void close() {
        engine.close();
        statements.close();
    }

    /** A rule of the harness. */
    public final class TestRule implements RuleListener {
        private final String id;
        private final String select;
        private final Map<String, @Nullable Object> options;
        private final Map<String, @Nullable Object> sink;
        private RuleSpec spec;
        private @Nullable RunningRule running;
        private @Nullable Exception failure;

        private TestRule(
                String id,
                String select,
                Map<String, ? extends @Nullable Object> options,
                Map<String, ? extends @Nullable Object> sink) {
            this.id = id;
            this.select = select;
            this.options = new LinkedHashMap<>(options);
            this.sink = new LinkedHashMap<>(sink);
            this.spec = compiled(statements.catalog());
        }

        private RuleSpec compiled(Catalog catalog) {
            RulePlan plan = compile(select, options, catalog);
            List<StreamDefinition> streams = plan.streams().stream()
                    .map(name -> catalog.stream(name).orElseThrow())
                    .toList();
            return new RuleSpec(
                    id, plan, streams, List.of(new ActionSpec("collect", 0, sink)), RuleOptions.of(options));
        }

        private void replan() {
            stop();
            spec = compiled(statements.catalog());
            start();
        }

        private void start() {
            running = engine.start(spec, this);
        }

        /** Stops the rule and starts it again; with {@code qos} of at least 1 it goes on where it was. */
        public void restart() {
            stop();
            start();
        }

        public void stop() {
            RunningRule stopped = running;
            if (stopped != null) {
                stopped.stop();
            }
            running = null;
        }

        /** Returns the messages since the last call, each as JSON text. */
        public List<String> takeMessages() {
            return collected.take(spec.id());
        }

        /** Returns the rule's figures. */
        public Map<String, Object> metrics() {
            RunningRule current = running;
            return current == null ? Map.of() : current.metrics();
        }

        /** Returns why the rule failed, if it did. */
        public Optional<Exception> failure() {
            return Optional.ofNullable(failure);
        }

        @Override
        public void ended(String message) {
            // a scenario sees the end in what the rule puts out
        }

        @Override
        public void failed(Exception cause) {
            failure = cause;
        }
    }
}
