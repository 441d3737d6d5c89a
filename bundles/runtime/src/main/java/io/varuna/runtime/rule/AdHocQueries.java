package io.varuna.runtime.rule;

import io.varuna.api.error.VarunaException;
import io.varuna.engine.Engine;
import io.varuna.engine.RuleListener;
import io.varuna.engine.RunningRule;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.runtime.JsonText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Queries that somebody looks at and nobody keeps. Thread-safe. */
final class AdHocQueries {
    /** There are no sinks to wait for. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Engine engine;
    private final RuleCompiler compiler;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<RunningRule, Consumer<String>> running = new ConcurrentHashMap<>();

    AdHocQueries(Engine engine, RuleCompiler compiler) {
        this.engine = engine;
        this.compiler = compiler;
    }

    /** Runs a query until what is returned is closed; fails if a plugin that it needs is not there. */
    AutoCloseable run(String select, Consumer<String> listener) {
        String id = "$query-" + numbers.incrementAndGet();
        Map<String, @Nullable Object> options = Map.of("sendError", true);
        RuleDocument document =
                new RuleDocument(Map.of(), id, "", "", select, List.of(), options, true, List.of(), true);
        RunningRule rule = start(compiler.compileQuery(document), new RuleListener() {
            @Override
            public void ended(String message) {
                // the listener has seen all there is
            }

            @Override
            public void failed(Exception cause) {
                listener.accept(error(String.valueOf(cause.getMessage())));
            }
        });
        running.put(rule, listener);
        AutoCloseable tail = rule.tail(listener);
        return () -> {
            running.remove(rule);
            tail.close();
            rule.stop(PATIENCE);
        };
    }

    private RunningRule start(RuleDefinition query, RuleListener listener) {
        try {
            return engine.start(compiler.spec(query), compiler.view(query), listener);
        } catch (PluginMissingException e) {
            // nobody waits for a query, so it is refused with what helps
            throw new VarunaException(
                    e.code(),
                    "The query cannot run: it is " + e.getMessage() + compiler.remedy(new Need(e.kind(), e.name())),
                    e);
        }
    }

    /** Ends the queries that use something that goes. */
    void leaving(Set<PluginUse> uses) {
        running.forEach((rule, listener) -> {
            if (!Collections.disjoint(rule.uses(), uses) && running.remove(rule) != null) {
                rule.stop(PATIENCE);
                listener.accept(error("The query ended because a plugin that it uses goes: " + names(uses)));
            }
        });
    }

    private static String names(Set<PluginUse> uses) {
        return String.join(", ", uses.stream().map(PluginUse::name).sorted().toList());
    }

    private static String error(String message) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("error", message);
        return JsonText.write(row);
    }
}
