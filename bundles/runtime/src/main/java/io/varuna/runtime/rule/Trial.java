package io.varuna.runtime.rule;

import io.varuna.engine.Engine;
import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.Alarm;
import io.varuna.runtime.JsonText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A rule that is tried, from its preparation to its end. Thread-safe. */
final class Trial {
    /** There are no sinks to wait for. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Engine engine;
    private final RuleSpec spec;
    private final PluginView view;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private @Nullable RunningRule rule;
    private @Nullable Alarm limit;
    private boolean over;

    private record Watcher(Consumer<String> listener, Runnable ended) {}

    /**
     * Prepares it.
     *
     * @param plugins those that a rule would see
     */
    Trial(Engine engine, RuleSpec spec, PluginView plugins) {
        this.engine = engine;
        this.spec = spec;
        this.view = new PluginView(new TrialPlugins(plugins.plugins(), new TrialSink(this::show)), plugins.versions());
    }

    /** Gives it what ends it in time. */
    synchronized void limit(Alarm alarm) {
        limit = alarm;
    }

    /** Fails as the start of a rule does, without opening anything. */
    void check() {
        engine.check(spec, view);
    }

    synchronized void start() {
        if (rule != null || over) {
            return;
        }
        rule = engine.start(spec, view, new RuleListener() {
            @Override
            public void ended(String message) {
                // those who watch have seen all there is, and may look at it until the trial is removed
            }

            @Override
            public void failed(Exception cause) {
                error(String.valueOf(cause.getMessage()));
            }
        });
    }

    AutoCloseable watch(Consumer<String> listener, Runnable ended) {
        Watcher watcher = new Watcher(listener, ended);
        boolean late;
        synchronized (this) {
            watchers.add(watcher);
            late = over;
        }
        if (late) {
            ended.run();
        }
        return () -> watchers.remove(watcher);
    }

    synchronized boolean uses(Set<PluginUse> uses) {
        return rule != null && !Collections.disjoint(rule.uses(), uses);
    }

    /** Ends it, and tells those who watch. */
    void end() {
        RunningRule running;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            running = rule;
            if (limit != null) {
                limit.cancel();
            }
        }
        if (running != null) {
            running.stop(PATIENCE);
        }
        watchers.forEach(watcher -> watcher.ended().run());
    }

    void error(String message) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("error", message);
        show(JsonText.write(row));
    }

    private void show(String message) {
        watchers.forEach(watcher -> watcher.listener().accept(message));
    }
}
