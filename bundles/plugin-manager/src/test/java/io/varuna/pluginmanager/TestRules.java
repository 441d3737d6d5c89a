package io.varuna.pluginmanager;

import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.manage.PropertyProfile;
import io.varuna.api.manage.RuleEffect;
import io.varuna.api.manage.RuleReaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Rules that all use the plugin 'sample', each in some version. */
final class TestRules implements PluginUsers {
    private final Map<String, String> versions = new TreeMap<>();
    private final Map<String, String> pinned = new TreeMap<>();
    private Offer awaited = new Offer(PluginKind.SINK, "sample");
    private final List<String> preferences = new ArrayList<>();
    private final Map<String, Set<String>> avoided = new ConcurrentHashMap<>();
    private final List<String> clashes = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private List<PropertyProfile> profiles = List.of();
    private volatile boolean settled = true;
    private Runnable released = () -> {};
    private @Nullable String refusal;
    private CompletableFuture<@Nullable Void> turn = CompletableFuture.completedFuture(null);
    private volatile boolean moving;

    /** Has rules move when what is returned completes. */
    CompletableFuture<@Nullable Void> hold() {
        turn = new CompletableFuture<>();
        return turn;
    }

    /** Tells whether rules are to move, and have not yet. */
    boolean isMoving() {
        return moving;
    }

    /** Has another plugin have a name, while nobody has decided whose counts. */
    TestRules taken(String name) {
        taken.add(name);
        return this;
    }

    /** Has all rules be about to start, or not. */
    void settle(boolean all) {
        settled = all;
    }

    /** Has a sentence said of names that plugins share. */
    void clash(String sentence) {
        clashes.add(sentence);
    }

    TestRules with(String rule, String version) {
        versions.put(rule, version);
        return this;
    }

    TestRules pinned(String rule, String version) {
        pinned.put(rule, version);
        return with(rule, version);
    }

    /** Has all rules refuse to move; null to let them move again. */
    void refuse(@Nullable String why) {
        refusal = why;
    }

    void end(String rule) {
        versions.remove(rule);
        pinned.remove(rule);
        released.run();
    }

    Map<String, String> versions() {
        return versions;
    }

    /** Has the rule 'waiting' wait for something else than the sink of the sample. */
    void await(PluginKind kind, String name) {
        awaited = new Offer(kind, name);
    }

    List<String> preferences() {
        return preferences;
    }

    @Override
    public List<String> of(String plugin, String version) {
        return versions.keySet().stream()
                .filter(rule -> version.equals(versions.get(rule)))
                .toList();
    }

    @Override
    public List<RuleEffect> waitingFor(PluginKind kind, String name) {
        return versions.isEmpty() && awaited.equals(new Offer(kind, name))
                ? List.of(RuleEffect.of("waiting", RuleReaction.START, name))
                : List.of();
    }

    @Override
    public List<RuleEffect> previewMove(String plugin, String version) {
        return effects(version, RuleReaction.SWAP);
    }

    private List<RuleEffect> effects(String version, RuleReaction reaction) {
        return versions.entrySet().stream()
                .filter(rule -> !rule.getValue().equals(version))
                .map(rule -> RuleEffect.of(
                        rule.getKey(),
                        pinned.containsKey(rule.getKey()) ? RuleReaction.NONE : reaction,
                        "was " + rule.getValue()))
                .toList();
    }

    @Override
    public List<RuleEffect> previewRemoval(String plugin, Collection<String> gone) {
        return versions.entrySet().stream()
                .filter(rule -> gone.contains(rule.getValue()))
                .map(rule -> RuleEffect.of(rule.getKey(), RuleReaction.WAIT, ""))
                .toList();
    }

    @Override
    public CompletableFuture<List<RuleEffect>> move(String plugin, String version, Duration health) {
        String why = refusal;
        if (why != null) {
            List<RuleEffect> refused = versions.keySet().stream()
                    .map(rule -> RuleEffect.of(rule, RuleReaction.REFUSED, why))
                    .toList();
            return CompletableFuture.completedFuture(refused);
        }
        moving = true;
        return turn.thenApply(now -> {
            List<RuleEffect> effects = effects(version, RuleReaction.SWAP);
            versions.replaceAll((rule, old) -> pinned.containsKey(rule) ? old : version);
            moving = false;
            return effects;
        });
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    @Override
    public List<String> undecided(String plugin, Map<PluginKind, List<String>> names) {
        return names.values().stream()
                .flatMap(List::stream)
                .filter(taken::contains)
                .map(name -> "'" + name + "' of plugin other")
                .sorted()
                .toList();
    }

    @Override
    public List<String> clashes(String plugin) {
        return List.copyOf(clashes);
    }

    @Override
    public List<String> clashes(String plugin, Map<PluginKind, List<String>> names) {
        return clashes.stream()
                .map(sentence -> sentence + " for " + plugin + " with " + names)
                .toList();
    }

    @Override
    public void profiles(List<PropertyProfile> brought) {
        profiles = List.copyOf(brought);
    }

    List<PropertyProfile> profiles() {
        return profiles;
    }

    @Override
    public void onRelease(Runnable listener) {
        released = listener;
    }

    @Override
    public void prefer(String plugin, String version) {
        preferences.add(plugin + " " + version);
    }

    @Override
    public void avoid(String plugin, Collection<String> unwanted) {
        avoided.put(plugin, Set.copyOf(unwanted));
    }

    /** Returns which versions are to be avoided, by plugin. */
    Map<String, Set<String>> avoided() {
        return avoided;
    }
}
