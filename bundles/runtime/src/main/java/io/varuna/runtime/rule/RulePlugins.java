package io.varuna.runtime.rule;

import io.varuna.api.manage.RuleState;
import io.varuna.engine.RunningRule;
import io.varuna.engine.SwapReport;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The plugins that one rule uses: moves the rule to others while it runs, when they change or go. */
final class RulePlugins {
    /** How long it may take to go on with another plugin when one goes. */
    private static final Duration LEAVING = Duration.ofSeconds(3);

    private final Rule rule;
    private final SerialQueue queue;
    private final RuleCompiler compiler;

    /** Creates it; {@code queue} runs the commands of the rule. */
    RulePlugins(Rule rule, SerialQueue queue, RuleCompiler compiler) {
        this.rule = rule;
        this.queue = queue;
        this.compiler = compiler;
    }

    /** Moves the rule to others if it uses one of these; if there are none, stops it and tries to start it without. */
    CompletableFuture<Void> leaving(Set<PluginUse> uses) {
        if (!rule.isWanted() || (isRunning() && !isUsing(rule.run().instance(), uses))) {
            return CompletableFuture.completedFuture(null);
        }
        return queue.begin(() -> {
                    Optional<RunningRule> running = rule.run().current();
                    return isUsing(running, uses)
                            ? goOnWithout(running.orElseThrow(), uses)
                            : CompletableFuture.completedFuture(false);
                })
                .thenCompose(used -> queue.submit(() -> {
                    if (used && isUsing(rule.run().current(), uses)) {
                        rule.pause();
                    } else {
                        rule.partLeft();
                    }
                }));
    }

    private CompletableFuture<Boolean> goOnWithout(RunningRule running, Set<PluginUse> uses) {
        return compiler.viewWithout(rule.definition(), uses)
                .map(others -> running.swap(others, Duration.ZERO)
                        .orTimeout(LEAVING.toMillis(), TimeUnit.MILLISECONDS)
                        .handle((report, failure) -> true))
                .orElse(CompletableFuture.completedFuture(true));
    }

    /**
     * Moves the rule to other versions of plugins while it runs. One that does not run finds them when it starts.
     *
     * @param health for how long the former ones are kept to return to
     */
    CompletableFuture<SwapReport> move(PluginView view, Duration health) {
        return queue.begin(() -> rule.run()
                .current()
                .map(running -> move(running, view, health))
                .orElseGet(() ->
                        CompletableFuture.completedFuture(new SwapReport(true, "it does not run", Duration.ZERO))));
    }

    private CompletableFuture<SwapReport> move(RunningRule running, PluginView view, Duration health) {
        return compiler.obstacle(rule.definition(), running.uses(), view)
                .map(why -> CompletableFuture.completedFuture(new SwapReport(false, why, Duration.ZERO)))
                .orElseGet(() -> running.swap(view, health));
    }

    /** Returns the version of a plugin that the rule runs with; empty if it does not use it, or does not run. */
    Optional<String> versionOf(String plugin) {
        return rule.run().instance().filter(running -> isRunning()).flatMap(running -> running.uses().stream()
                .filter(use -> use.plugin().equals(plugin))
                .map(PluginUse::version)
                .findFirst());
    }

    private boolean isRunning() {
        return rule.situation().state() == RuleState.RUNNING;
    }

    private static boolean isUsing(Optional<RunningRule> running, Set<PluginUse> uses) {
        return running.filter(rule -> !Collections.disjoint(rule.uses(), uses)).isPresent();
    }
}
