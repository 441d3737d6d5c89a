package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.manage.PluginUsers;
import io.varuna.api.manage.RuleExplanation;
import io.varuna.api.manage.RuleFigures;
import io.varuna.api.manage.RuleService;
import io.varuna.api.manage.RuleStatus;
import io.varuna.api.manage.RuleSummary;
import io.varuna.api.manage.RuleTopology;
import io.varuna.api.manage.RuleValidation;
import io.varuna.api.manage.StreamService;
import io.varuna.api.manage.TrialService;
import io.varuna.api.source.Position;
import io.varuna.engine.Engine;
import io.varuna.engine.RunningRule;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.time.EngineTime;
import io.varuna.plan.Catalog;
import io.varuna.runtime.Suggestion;
import io.varuna.runtime.plugin.BroughtProfiles;
import io.varuna.runtime.plugin.PluginListener;
import io.varuna.runtime.plugin.Plugins;
import io.varuna.runtime.store.Store;
import io.varuna.runtime.stream.Definitions;
import io.varuna.runtime.stream.StreamReaders;
import io.varuna.runtime.stream.Streams;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, runs and shows rules. Thread-safe. */
public final class Rules implements RuleService, StreamReaders, PluginListener {
    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
    /** How long plugins may take to come when the container starts, before a rule is said to wait. */
    private static final Duration START_HOLD = Duration.ofSeconds(2);
    /** A stop waits for sinks; the engine itself gives them 5 seconds. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    /** How long a plugin that leaves waits for its rules: its classes are gone afterwards, so longer than they may take. */
    private static final Duration LEAVING_LIMIT = Duration.ofSeconds(7);

    private final ConcurrentNavigableMap<String, Rule> rules = new ConcurrentSkipListMap<>();
    /** Held while a rule comes or goes, so that the store has what there is. */
    private final Object register = new Object();

    private final KeptRules kept;
    private final EngineTime time;
    private final RuleCompiler compiler;
    private final RuleSite site;
    private final RuleOutlook outlook;
    private final Completion completion;
    private final Streams streams;
    private final Ruleset ruleset;
    private final AdHocQueries queries;
    private final Trials trials;
    private final List<Runnable> released = new CopyOnWriteArrayList<>();
    private final PluginUsers pluginUsers;

    /**
     * Creates the service without rules; {@link #load} brings those of the store.
     *
     * @param commands where starts and stops are carried out; they may block
     */
    public Rules(
            Store store,
            Definitions definitions,
            Plugins plugins,
            BroughtProfiles profiles,
            Engine engine,
            EngineTime time,
            ZoneId zone,
            Executor commands) {
        this.kept = new KeptRules(store);
        this.time = time;
        this.compiler = new RuleCompiler(definitions, plugins, engine, zone);
        this.site = new RuleSite(engine, compiler, time, commands, zone, kept::keep);
        this.outlook = new RuleOutlook(compiler, engine);
        this.completion = new Completion(time);
        this.streams = new Streams(definitions, plugins, this);
        this.ruleset =
                new Ruleset(streams, this, new RulesReplacement(rules, register, kept, site, completion, released));
        this.queries = new AdHocQueries(engine, compiler);
        this.trials = new Trials(engine, compiler, time);
        this.pluginUsers = new RuleMoves(rules.values(), plugins, profiles, time, released);
    }

    /** Returns the rules as users of plugins. */
    public PluginUsers pluginUsers() {
        return pluginUsers;
    }

    /** Returns what tries rules that are not kept. */
    public TrialService trials() {
        return trials;
    }

    /** Returns the streams that the rules read. */
    public StreamService streams() {
        return streams;
    }

    /**
     * Brings back the rules of the store and starts those that ran.
     *
     * @param loaded done before any of them starts, which may settle with which versions of plugins they do
     */
    public void load(Runnable loaded) {
        kept.load().forEach(definition -> rules.put(definition.document().id(), new Rule(site, definition)));
        loaded.run();
        rules.values().stream()
                .filter(rule -> rule.definition().document().triggered())
                .forEach(rule -> rule.start(START_HOLD));
        time.settle();
    }

    @Override
    public List<RuleSummary> list() {
        return rules.values().stream().map(RuleReports::summary).toList();
    }

    @Override
    public String create(String json) {
        RuleDocument document = RuleDocument.parse(json);
        if (rules.containsKey(document.id())) {
            throw exists(document.id());
        }
        create(compiler.checkKnown(document).definition());
        return document.id();
    }

    private void create(RuleDefinition definition) {
        Rule rule = new Rule(site, definition);
        synchronized (register) {
            if (rules.containsKey(rule.id())) {
                throw exists(rule.id());
            }
            kept.keep(definition);
            rules.put(rule.id(), rule);
        }
        if (definition.document().triggered()) {
            rule.start(Duration.ZERO);
            time.settle();
        }
    }

    static VarunaException exists(String id) {
        return new VarunaException(
                StandardError.RULE_EXISTS, "Rule '" + id + "' exists already. Update it, or delete it first");
    }

    @Override
    public String get(String id) {
        return find(id).definition().document().json();
    }

    @Override
    public void update(String id, String json) {
        put(id, json, changed -> compiler.checkKnown(changed).definition());
    }

    /** Creates or updates a rule that waits for plugins also if nobody knows them: a document may come before they do. */
    void putWaiting(String id, String json) {
        put(id, json, compiler::compile);
    }

    private void put(String id, String json, Function<RuleDocument, RuleDefinition> compilation) {
        RuleDocument document = RuleDocument.parse(id, json);
        Rule rule = rules.get(id);
        if (rule == null) {
            create(compilation.apply(document));
            return;
        }
        RuleDocument old = rule.definition().document();
        if (!document.supersedes(old)) {
            throw new VarunaException(
                    StandardError.INVALID_RULE,
                    "Rule '" + id + "' has version '" + old.version() + "'; version '" + document.version()
                            + "' is not newer. Versions are compared as texts");
        }
        RuleDefinition definition = compilation.apply(document);
        completion.await(rule.replace(definition).thenRun(() -> released.forEach(Runnable::run)), STOP_LIMIT);
    }

    @Override
    public void delete(String id) {
        Rule rule = find(id);
        // not before it has stopped, which may leave a last checkpoint
        CompletableFuture<Void> gone = rule.delete().thenRun(() -> {
            synchronized (register) {
                kept.remove(id);
                site.engine().forget(id);
                rules.remove(id, rule);
            }
            released.forEach(Runnable::run);
        });
        completion.await(gone, STOP_LIMIT);
    }

    @Override
    public void start(String id) {
        find(id).start(Duration.ZERO);
        time.settle();
    }

    @Override
    public void stop(String id) {
        completion.await(find(id).stop(), STOP_LIMIT);
    }

    @Override
    public void restart(String id) {
        find(id).restart();
        time.settle();
    }

    @Override
    public void readFrom(String id, String stream, Map<String, String> offsets) {
        Rule rule = find(id);
        compiler.checkMovable(rule.definition(), stream);
        List<Position> positions = offsets.entrySet().stream()
                .map(entry -> new Position(entry.getKey(), entry.getValue()))
                .toList();
        completion.await(rule.changeSaved(() -> site.engine().moveTo(id, stream, positions)), STOP_LIMIT);
        time.settle();
    }

    @Override
    public RuleStatus status(String id) {
        return RuleReports.status(find(id));
    }

    @Override
    public RuleFigures figures(String id) {
        return find(id).run().instance().map(RunningRule::figures).orElse(RuleFigures.NONE);
    }

    @Override
    public RuleExplanation explain(String id) {
        return outlook.explain(find(id));
    }

    @Override
    public RuleTopology topology(String id) {
        return outlook.topology(find(id));
    }

    @Override
    public RuleValidation validate(String json) {
        return outlook.validate(json);
    }

    @Override
    public void setTags(String id, List<String> tags) {
        completion.await(find(id).change(document -> document.withTags(tags)), STOP_LIMIT);
    }

    @Override
    public AutoCloseable tail(String id, Consumer<String> listener) {
        return find(id).run().tails().add(listener);
    }

    @Override
    public AutoCloseable query(String select, Consumer<String> listener) {
        return queries.run(select, listener);
    }

    @Override
    public String exportRuleset() {
        return ruleset.export();
    }

    @Override
    public Map<String, String> importRuleset(String json) {
        return ruleset.load(json);
    }

    @Override
    public Map<String, String> replaceRuleset(String json) {
        return ruleset.replace(json);
    }

    /** Creates what a document has and is not there yet; returns what was refused and why. */
    public Map<String, String> importMissing(String json) {
        return ruleset.loadMissing(json);
    }

    boolean has(String id) {
        return rules.containsKey(id);
    }

    private Rule find(String id) {
        Rule rule = rules.get(id);
        if (rule == null) {
            throw new VarunaException(
                    StandardError.RULE_NOT_FOUND,
                    "There is no rule '" + id + "'." + Suggestion.forName(id, rules.keySet()) + " There are: "
                            + Suggestion.list(rules.keySet()));
        }
        return rule;
    }

    List<RuleDefinition> definitions() {
        return rules.values().stream().map(Rule::definition).toList();
    }

    List<RuleDocument> documents() {
        return rules.values().stream().map(rule -> rule.definition().document()).toList();
    }

    @Override
    public List<String> readersOf(String stream) {
        return rules.values().stream()
                .filter(rule -> rule.definition().reads(stream))
                .map(Rule::id)
                .toList();
    }

    @Override
    public Optional<String> problem(String rule, Catalog changed) {
        Rule reader = rules.get(rule);
        if (reader == null) {
            return Optional.empty();
        }
        try {
            compiler.compile(reader.definition().document(), changed);
            return Optional.empty();
        } catch (VarunaException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void streamChanged(String stream) {
        rules.values().forEach(rule -> {
            if (rule.definition().reads(stream)) {
                rule.streamChanged();
            }
            rule.arrived(Need.stream(stream));
        });
        time.settle();
    }

    @Override
    public void arrived(PluginKind kind, String name) {
        Need thing = new Need(kind, name);
        rules.values().forEach(rule -> rule.arrived(thing));
        time.settle();
    }

    @Override
    public void leaving(Set<PluginUse> uses) {
        CompletableFuture<?>[] leaving = rules.values().stream()
                .map(rule -> rule.plugins().leaving(uses))
                .toArray(CompletableFuture<?>[]::new);
        queries.leaving(uses);
        trials.leaving(uses);
        if (!completion.within(CompletableFuture.allOf(leaving), LEAVING_LIMIT)) {
            LOG.warn(
                    "A plugin leaves while rules still use it: they did not stop within {} s",
                    LEAVING_LIMIT.toSeconds());
        }
    }
}
