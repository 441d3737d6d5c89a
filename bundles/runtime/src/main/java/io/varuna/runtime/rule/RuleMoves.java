package io.varuna.runtime.rule;

import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleEffect;
import io.varuna.api.manage.RuleReaction;
import io.varuna.api.manage.RuleState;
import io.varuna.engine.SwapReport;
import io.varuna.engine.time.EngineTime;
import io.varuna.runtime.plugin.BroughtProfiles;
import io.varuna.runtime.plugin.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Moves rules from one version of a plugin to another.
 *
 * @param rules those that there are, in the order of their ids
 * @param released who is told of rules that went or changed
 */
record RuleMoves(
        Collection<Rule> rules, Plugins plugins, BroughtProfiles brought, EngineTime time, List<Runnable> released)
        implements PluginUsers {
    /** How long a plugin may take to open, beside the time for which it is watched. */
    private static final Duration OPENING_LIMIT = Duration.ofSeconds(30);

    private static final Set<RuleState> SETTLED =
            EnumSet.of(RuleState.RUNNING, RuleState.WAITING, RuleState.FAILED, RuleState.SCHEDULED);

    /** A rule on its way. */
    private record Move(Rule rule, String from, CompletableFuture<SwapReport> report) {
        boolean refused() {
            return !report.join().moved();
        }

        RuleEffect effect() {
            SwapReport result = report.join();
            RuleReaction reaction = result.moved() ? RuleReaction.SWAP : RuleReaction.REFUSED;
            return new RuleEffect(rule.id(), reaction, result.message(), result.pause());
        }
    }

    @Override
    public List<String> of(String plugin, String version) {
        return rules.stream()
                .filter(rule ->
                        rule.plugins().versionOf(plugin).filter(version::equals).isPresent()
                                || version.equals(asked(rule).get(plugin)))
                .map(Rule::id)
                .toList();
    }

    private Stream<Rule> usersOfOthers(String plugin, String version) {
        return rules.stream().filter(rule -> rule.plugins()
                .versionOf(plugin)
                .filter(used -> !used.equals(version))
                .isPresent());
    }

    @Override
    public List<RuleEffect> waitingFor(PluginKind kind, String name) {
        return rules.stream()
                .filter(rule -> rule.waitsFor(new Need(kind, name)))
                .map(rule -> RuleEffect.of(rule.id(), RuleReaction.START, "it waits for this"))
                .toList();
    }

    @Override
    public boolean isSettled() {
        return rules.stream()
                .filter(rule -> rule.definition().document().triggered())
                .allMatch(rule -> SETTLED.contains(rule.situation().state()));
    }

    @Override
    public List<RuleEffect> previewMove(String plugin, String version) {
        return usersOfOthers(plugin, version)
                .map(rule -> isBound(rule, plugin, version)
                        ? bound(rule, plugin)
                        : RuleEffect.of(
                                rule.id(),
                                RuleReaction.SWAP,
                                "from " + rule.plugins().versionOf(plugin).orElse("")))
                .toList();
    }

    @Override
    public List<RuleEffect> previewRemoval(String plugin, Collection<String> versions) {
        List<String> others = plugins.versions(plugin).stream()
                .filter(other -> !versions.contains(other))
                .toList();
        return rules.stream()
                .filter(rule -> rule.plugins()
                        .versionOf(plugin)
                        .filter(versions::contains)
                        .isPresent())
                .map(rule -> others.stream().noneMatch(other -> !isBound(rule, plugin, other))
                        ? RuleEffect.of(rule.id(), RuleReaction.WAIT, "until it is back")
                        : RuleEffect.of(rule.id(), RuleReaction.SWAP, "goes on with " + others.get(0)))
                .toList();
    }

    private static Map<String, String> asked(Rule rule) {
        try {
            return rule.definition().options().plugins();
        } catch (VarunaException e) {
            // options that are not understood ask for nothing
            return Map.of();
        }
    }

    private static boolean isBound(Rule rule, String plugin, String version) {
        return !asked(rule).getOrDefault(plugin, version).equals(version);
    }

    private static RuleEffect bound(Rule rule, String plugin) {
        return RuleEffect.of(
                rule.id(), RuleReaction.NONE, "it asks for " + asked(rule).get(plugin));
    }

    @Override
    public CompletableFuture<List<RuleEffect>> move(String plugin, String version, Duration health) {
        List<RuleEffect> bound = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        usersOfOthers(plugin, version).forEach(rule -> {
            if (isBound(rule, plugin, version)) {
                bound.add(bound(rule, plugin));
                return;
            }
            moves.add(move(rule, plugin, version, health));
        });
        time.settle();
        return whenAll(moves).thenCompose(done -> {
            List<Move> moved = moves.stream().filter(move -> !move.refused()).toList();
            CompletableFuture<Void> end =
                    moved.size() == moves.size() ? CompletableFuture.completedFuture(null) : goBack(moved, plugin);
            return end.thenApply(
                    back -> Stream.concat(bound.stream(), moves.stream().map(Move::effect))
                            .toList());
        });
    }

    /** Moves without a trial those that had moved when another one could not. */
    private CompletableFuture<Void> goBack(List<Move> moved, String plugin) {
        List<Move> back = moved.stream()
                .map(move -> move(move.rule(), plugin, move.from(), Duration.ZERO))
                .toList();
        time.settle();
        return whenAll(back);
    }

    private Move move(Rule rule, String plugin, String version, Duration health) {
        Map<String, String> versions = new HashMap<>(asked(rule));
        versions.put(plugin, version);
        CompletableFuture<SwapReport> report = rule.plugins()
                .move(plugins.view(versions), health)
                .exceptionally(failure -> new SwapReport(false, String.valueOf(failure.getMessage()), Duration.ZERO))
                .completeOnTimeout(
                        new SwapReport(
                                false, "it did not open within " + OPENING_LIMIT.toSeconds() + " s", Duration.ZERO),
                        health.plus(OPENING_LIMIT).toMillis(),
                        TimeUnit.MILLISECONDS);
        return new Move(rule, rule.plugins().versionOf(plugin).orElse(""), report);
    }

    private static CompletableFuture<Void> whenAll(List<Move> moves) {
        return CompletableFuture.allOf(moves.stream().map(Move::report).toArray(CompletableFuture[]::new));
    }

    @Override
    public List<String> clashes(String plugin) {
        return plugins.clashes(plugin);
    }

    @Override
    public List<String> clashes(String plugin, Map<PluginKind, List<String>> names) {
        return plugins.clashes(plugin, names);
    }

    @Override
    public List<String> undecided(String plugin, Map<PluginKind, List<String>> names) {
        return plugins.undecided(plugin, names);
    }

    @Override
    public void onRelease(Runnable listener) {
        released.add(listener);
    }

    @Override
    public void profiles(List<PropertyProfile> profiles) {
        brought.set(profiles);
    }

    @Override
    public void prefer(String plugin, String version) {
        plugins.prefer(plugin, version);
    }

    @Override
    public void avoid(String plugin, Collection<String> versions) {
        plugins.avoid(plugin, versions);
    }
}
