package io.varuna.engine;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.RuleTopology;
import io.varuna.api.source.Position;
import io.varuna.engine.data.PendingResults;
import io.varuna.engine.expression.Surroundings;
import io.varuna.engine.function.FunctionTable;
import io.varuna.engine.plugin.ConnectionCheck;
import io.varuna.engine.plugin.Connections;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.plugin.PluginRegistry;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.plugin.Profiles;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.state.MemoryStateStore;
import io.varuna.engine.state.StateStore;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.time.RealTime;
import io.varuna.engine.watch.Watchdog;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs rules. Thread-safe. */
public final class Engine implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Engine.class);
    private static final int STOPPING_THREADS = 16;
    private static final int STOPPING_PATIENCE = 60;

    private final PluginView view;
    private final Profiles profiles;
    private final Connections connections = new Connections();
    private final FunctionTable functions;
    private final StateStore store;
    private final EngineTime time;
    private final ZoneId zone;
    private final SharedStreams streams;
    private final Watchdog watchdog;
    private final Set<RuleTask> rules = ConcurrentHashMap.newKeySet();

    private Engine(Builder builder, PluginRegistry plugins) {
        this.time = builder.time == null ? new RealTime() : builder.time;
        this.view = PluginView.of(plugins);
        this.profiles = builder.profiles;
        this.functions = builder.functions;
        this.store = builder.store;
        this.zone = builder.zone;
        this.streams = new SharedStreams(time);
        this.watchdog = new Watchdog(time, rules);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Checks a rule without opening anything.
     *
     * @throws io.varuna.api.error.VarunaException naming all that is wrong
     * @throws PluginMissingException if nothing is wrong, but a plugin is missing
     */
    public void check(RuleSpec spec) {
        check(spec, view);
    }

    /** Checks a rule that sees plugins of its own choice. */
    public void check(RuleSpec spec, PluginView plugins) {
        build(spec, plugins);
    }

    private Pipeline build(RuleSpec spec, PluginView plugins) {
        PluginAccess access = access(plugins);
        return new PipelineBuilder(
                        spec,
                        Assembly.of(spec, access.registry(), access.profiles()),
                        access,
                        plugins.versions(),
                        surroundings(spec),
                        (where, cause, row) -> {},
                        new PendingResults(),
                        new LateRecords(!spec.options().lateAction().isEmpty()))
                .build();
    }

    private PluginAccess access(PluginView plugins) {
        return new PluginAccess(plugins.plugins(), profiles, connections, time.clock());
    }

    /**
     * Checks properties of a connection without opening anything.
     *
     * @param what to call it in messages
     * @throws io.varuna.api.error.VarunaException naming all that is wrong, or that no plugin makes such connections
     */
    public void checkConnection(String type, Map<String, ? extends @Nullable Object> properties, String what) {
        ConnectionCheck.check(view.plugins(), type, properties, what);
    }

    /** Asks the other end of a connection for a sign of life: of one that rules have, or of one for this alone. May block. */
    public void testConnection(String type, Map<String, ? extends @Nullable Object> properties) throws Exception {
        connections.test(ConnectionCheck.plugin(view.plugins(), type), properties);
    }

    /** Returns the steps that a rule would have; fails as {@link #check(RuleSpec)} does. */
    public RuleTopology topology(RuleSpec spec) {
        Pipeline pipeline = build(spec, view);
        return Topology.of(
                pipeline.inputs().stream().map(ScanInput::stream).toList(), pipeline.metrics(), spec.actions());
    }

    /**
     * Starts a rule. Its sinks and sources are opened in the background, again and again until it succeeds; see {@link
     * RunningRule#ready}. State that was saved under its id is taken over, if its options keep any, or if it was paused.
     *
     * @param listener told if the rule ends by itself
     * @throws io.varuna.api.error.VarunaException naming all that is wrong
     * @throws PluginMissingException if nothing is wrong, but a plugin is missing
     */
    public RunningRule start(RuleSpec spec, RuleListener listener) {
        return start(spec, view, listener);
    }

    /** Starts a rule that sees plugins of its own choice. */
    public RunningRule start(RuleSpec spec, PluginView plugins, RuleListener listener) {
        RuleSite site = new RuleSite(plugins, this::access, surroundings(spec), streams, store, time);
        RuleTask rule = new RuleTask(spec, site, listener, rules::remove);
        rules.add(rule);
        rule.start();
        time.settle();
        return rule;
    }

    private Surroundings surroundings(RuleSpec spec) {
        return new Surroundings(spec.id(), spec.plan().dialect(), time.clock().millis(), time.clock(), zone, functions);
    }

    /**
     * Has a rule that does not run read on from other positions of a stream at its next start.
     *
     * @throws io.varuna.api.error.VarunaException if nothing was saved for it
     */
    public void moveTo(String ruleId, String stream, List<Position> positions) {
        byte[] saved = store.load(ruleId)
                .orElseThrow(() -> new VarunaException(
                        StandardError.INVALID_RULE,
                        "Rule '" + ruleId + "' has saved no positions yet. It does when it is stopped, and at each"
                                + " checkpoint, if its option 'qos' is 1 or 2"));
        store.save(ruleId, Checkpoint.moved(saved, stream, positions));
    }

    /** Forgets the state that was saved for a rule. */
    public void forget(String ruleId) {
        store.delete(ruleId);
    }

    /** Stops all rules and closes connections and threads. */
    @Override
    public void close() {
        watchdog.close();
        if (time.waits()) {
            stopTogether();
        } else {
            List.copyOf(rules).forEach(RunningRule::stop);
        }
        connections.close();
        time.close();
    }

    /** Some rules may have to wait for sinks that are away, so they do it at the same time. */
    private void stopTogether() {
        ExecutorService stopping = Executors.newFixedThreadPool(STOPPING_THREADS);
        List.copyOf(rules).forEach(rule -> stopping.execute(rule::stop));
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(STOPPING_PATIENCE, TimeUnit.SECONDS)) {
                LOGGER.warn("Some rules do not stop; the engine closes without them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects what an engine needs. */
    public static final class Builder {
        private @Nullable PluginRegistry plugins;
        private FunctionTable functions = new FunctionTable();
        private StateStore store = new MemoryStateStore();
        private Profiles profiles = Profiles.NONE;
        private @Nullable EngineTime time;
        private ZoneId zone = ZoneId.systemDefault();

        private Builder() {}

        public Builder plugins(PluginRegistry registry) {
            this.plugins = registry;
            return this;
        }

        public Builder functions(FunctionTable table) {
            this.functions = table;
            return this;
        }

        /** Sets where checkpoints are kept; by default they are forgotten with the engine. */
        public Builder stateStore(StateStore stateStore) {
            this.store = stateStore;
            return this;
        }

        public Builder profiles(Profiles given) {
            this.profiles = given;
            return this;
        }

        /** Sets the time, which is closed with the engine; by default the system's. */
        public Builder time(EngineTime engineTime) {
            this.time = engineTime;
            return this;
        }

        /** Sets the zone of texts without one, and of windows by days. */
        public Builder zone(ZoneId zoneId) {
            this.zone = zoneId;
            return this;
        }

        public Engine build() {
            Engine engine = new Engine(this, Objects.requireNonNull(plugins, "plugins"));
            engine.watchdog.start();
            return engine;
        }
    }
}
