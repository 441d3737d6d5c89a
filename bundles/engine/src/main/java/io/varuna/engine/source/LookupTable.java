package io.varuna.engine.source;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.lookup.LookupSource;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.InstanceContext;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.rule.OptionReader;
import io.varuna.engine.watch.Successors;
import io.varuna.engine.watch.Turn;
import io.varuna.plan.StreamDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lookup table as one rule asks it: opened when it is first needed, with a cache if the table says so. Thread-safe. */
public final class LookupTable implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LookupTable.class);
    private static final int MOST_CACHED = 10_000;

    private final StreamDefinition table;
    private volatile Resolved<LookupFactory<?>> resolved;
    private final List<String> columns;
    private final List<String> keyColumns;
    private final String ruleId;
    private PluginAccess access;
    private final StepMetrics metrics;
    private final Turn turn = new Turn();
    private final Caching caching;
    private final Map<List<Object>, Cached> cache = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable Opened opened;
    private @Nullable Former former;
    private volatile @Nullable String trouble;
    private volatile Runnable answered = () -> {};

    /** What was asked before the last move. */
    private record Former(Resolved<LookupFactory<?>> resolved, PluginAccess access, @Nullable Opened opened) {}

    /** What is asked, with what it was given. */
    private record Opened(LookupSource source, InstanceContext context) {}

    private record Cached(List<Map<String, @Nullable Object>> rows, long until) {}

    /**
     * What of the answers is kept.
     *
     * @param missing whether also that there is no row
     */
    private record Caching(boolean on, Duration life, boolean missing) {}

    /** Creates the table; {@code columns} is empty for all. */
    public LookupTable(
            StreamDefinition table,
            Resolved<LookupFactory<?>> resolved,
            List<String> columns,
            List<String> keyColumns,
            String ruleId,
            PluginAccess access) {
        this.table = table;
        this.resolved = resolved;
        this.columns = List.copyOf(columns);
        this.keyColumns = List.copyOf(keyColumns);
        this.ruleId = ruleId;
        this.access = access;
        this.metrics = new StepMetrics("source_" + table.name() + "_0", true);
        OptionReader options = new OptionReader(resolved.properties()).group("lookup");
        this.caching = new Caching(
                options.flag("cache", false),
                options.duration("cacheTtl", Duration.ZERO),
                options.flag("cacheMissingKey", false));
    }

    public StepMetrics metrics() {
        return metrics;
    }

    /** Sets what is told of every answer; before the first question. */
    public void onAnswer(Runnable listener) {
        answered = listener;
    }

    /** Returns the rows for a key, which has no NULLs. May block. */
    public List<Map<String, @Nullable Object>> lookup(List<Object> key) throws Exception {
        turn.take();
        try {
            return rows(key);
        } finally {
            turn.leave();
        }
    }

    private List<Map<String, @Nullable Object>> rows(List<Object> key) throws Exception {
        long now = access.clock().millis();
        metrics.in(1, now);
        Cached cached = cache.get(key);
        if (cached != null && now < cached.until) {
            return cached.rows;
        }
        long start = System.nanoTime();
        List<Map<String, @Nullable Object>> rows = ask(key);
        answered.run();
        metrics.processed(1, System.nanoTime() - start);
        metrics.out(rows.size());
        keep(key, rows, now);
        return rows;
    }

    private List<Map<String, @Nullable Object>> ask(List<Object> key) throws Exception {
        try {
            return open().lookup(key);
        } catch (Exception e) {
            metrics.failed(e, access.clock().millis());
            if (former != null) {
                trouble = "does not answer: " + e.getMessage();
                restore();
                return ask(key);
            }
            if (!resolved.plugin().factory().isTransient(e)) {
                throw e;
            }
            // a connection that was idle for long may be broken: once more with a new one
            closeOpen();
            metrics.connection(
                    ConnectionStatus.DISCONNECTED,
                    e.getMessage(),
                    access.clock().millis());
            return open().lookup(key);
        } catch (Error e) {
            throw new VarunaException(
                    StandardError.SOURCE_FAILED,
                    "Table '" + table.name() + "': plugin '" + resolved.plugin().plugin() + "' broke down: " + e,
                    e);
        }
    }

    private LookupSource open() throws Exception {
        Opened open = opened;
        if (open == null) {
            open = open(resolved, access);
            opened = open;
            metrics.connection(ConnectionStatus.CONNECTED, null, access.clock().millis());
        }
        return open.source();
    }

    private Opened open(Resolved<LookupFactory<?>> by, PluginAccess through) throws Exception {
        InstanceContext context = new InstanceContext(
                new InstanceContext.Owner(ruleId, table.name(), table.options().dataSource(), List.of()),
                by,
                through,
                metrics,
                table.schema());
        try {
            return new Opened(open(by.plugin().factory(), by, context), context);
        } catch (Exception | Error e) {
            context.close();
            throw e;
        }
    }

    private <C> LookupSource open(LookupFactory<C> factory, Resolved<LookupFactory<?>> by, InstanceContext context)
            throws Exception {
        return factory.open(ConfigType.of(factory.configType()).proxy(by.properties()), columns, keyColumns, context);
    }

    private void keep(List<Object> key, List<Map<String, @Nullable Object>> rows, long now) {
        if (!caching.on || (rows.isEmpty() && !caching.missing)) {
            return;
        }
        long until = caching.life.isZero() ? Long.MAX_VALUE : now + caching.life.toMillis();
        cache.put(key, new Cached(List.copyOf(rows), until));
        if (cache.size() > MOST_CACHED) {
            cache.remove(cache.keySet().iterator().next());
        }
    }

    public String name() {
        return table.name();
    }

    /** Returns the plugins that are used at the moment. */
    public Resolved<LookupFactory<?>> resolved() {
        return resolved;
    }

    /** Asks another plugin from now on; throws if it cannot be opened, and nothing has changed then. */
    public void move(Resolved<LookupFactory<?>> next, PluginAccess through, Successors successors) throws Exception {
        Opened successor = successors.open(() -> open(next, through), this::close);
        try {
            turn.takeInTime();
        } catch (VarunaException e) {
            close(successor);
            throw e;
        }
        try {
            former = new Former(resolved, access, opened);
            use(next, through, successor);
            trouble = null;
        } finally {
            turn.leave();
        }
    }

    private void use(Resolved<LookupFactory<?>> other, PluginAccess through, @Nullable Opened open) {
        resolved = other;
        access = through;
        opened = open;
    }

    /** Returns to what was asked before the last move, if that is still there. */
    public void back() {
        turn.exchange(this::restore);
    }

    private void restore() {
        Former before = former;
        former = null;
        if (before != null) {
            closeOpen();
            use(before.resolved, before.access, before.opened);
        }
    }

    /** Does without what was asked before the last move. */
    public void settle() {
        turn.exchange(this::dispose);
    }

    private void dispose() {
        Former before = former;
        former = null;
        if (before != null && before.opened != null) {
            close(before.opened);
        }
    }

    /** Returns why the last move was taken back, if it was. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Closes it, now or when the plugin comes back from a question. */
    @Override
    public void close() {
        turn.close(() -> {
            dispose();
            closeOpen();
        });
    }

    private void closeOpen() {
        Opened open = opened;
        opened = null;
        if (open != null) {
            close(open);
        }
    }

    private void close(Opened open) {
        try {
            open.source().close();
        } catch (Exception | Error e) {
            LOGGER.warn("Rule '{}': table '{}' could not be closed cleanly", ruleId, table.name(), e);
        }
        open.context().close();
    }
}
