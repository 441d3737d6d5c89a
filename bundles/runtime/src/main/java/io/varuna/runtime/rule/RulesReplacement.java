package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.runtime.stream.StreamReaders;
import io.varuna.runtime.stream.StreamReplacement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts other rules and streams in the place of all that there are. Everything is checked first. Then the rules that are
 * concerned stop with their state and are held, so that nothing of it is lost or read twice whichever way the change goes, and
 * nothing new runs before all of it is stored.
 */
final class RulesReplacement {
    private static final Logger LOG = LoggerFactory.getLogger(RulesReplacement.class);
    /** They stop at the same time, but many of them may share few threads. */
    private static final Duration HOLD_LIMIT = Duration.ofMinutes(1);

    private final ConcurrentNavigableMap<String, Rule> rules;
    private final Object register;
    private final KeptRules kept;
    private final RuleSite site;
    private final Completion completion;
    private final List<Runnable> released;

    /**
     * Creates it.
     *
     * @param register held while rules come or go
     * @param released run when rules have let go of what they used
     */
    RulesReplacement(
            ConcurrentNavigableMap<String, Rule> rules,
            Object register,
            KeptRules kept,
            RuleSite site,
            Completion completion,
            List<Runnable> released) {
        this.rules = rules;
        this.register = register;
        this.kept = kept;
        this.site = site;
        this.completion = completion;
        this.released = released;
    }

    /** What becomes of the rules: those that come, those that change, go, or stay and read something else. */
    private record Change(
            Map<String, RuleDefinition> created,
            Map<Rule, RuleDefinition> changed,
            List<Rule> removed,
            List<Rule> readers) {
        List<Rule> present() {
            List<Rule> present = new ArrayList<>(changed.keySet());
            present.addAll(removed);
            present.addAll(readers);
            return present;
        }
    }

    /**
     * Makes the change, unless something is refused.
     *
     * @param documents of the rules, by id
     * @param readers told of the streams that have changed
     * @param refused what was refused already, by kind and name; more is added
     */
    synchronized void replace(
            Map<String, String> documents,
            StreamReplacement streams,
            StreamReaders readers,
            Map<String, String> refused) {
        Change change = check(documents, streams, refused);
        if (!refused.isEmpty()) {
            return;
        }
        List<Rule> held = change.present();
        try {
            CompletableFuture<?>[] holding = held.stream().map(Rule::hold).toArray(CompletableFuture<?>[]::new);
            if (!completion.within(CompletableFuture.allOf(holding), HOLD_LIMIT)) {
                throw new VarunaException(
                        StandardError.INTERNAL_ERROR,
                        "Nothing was changed, as rules were still busy after " + HOLD_LIMIT.toSeconds()
                                + " s. Look for sinks that do not answer, and try again");
            }
            store(change, streams);
        } catch (RuntimeException e) {
            held.forEach(Rule::release);
            site.time().settle();
            throw e;
        }
        begin(change, streams, readers);
    }

    private Change check(Map<String, String> documents, StreamReplacement streams, Map<String, String> refused) {
        RuleCompiler compiler = site.compiler().with(streams.catalog());
        Change change = new Change(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        documents.forEach((id, json) -> attempt(id, refused, () -> {
            RuleDocument document = RuleDocument.parse(id, json);
            Rule present = rules.get(id);
            if (present == null) {
                change.created().put(id, compiler.compile(document));
            } else if (!document.equals(present.definition().document())) {
                change.changed().put(present, compiler.compile(document));
            }
        }));
        for (Rule rule : rules.values()) {
            boolean named = documents.containsKey(rule.id());
            if (!named && !rule.definition().document().temporary()) {
                change.removed().add(rule);
            } else if (!change.changed().containsKey(rule)
                    && streams.names().stream().anyMatch(rule.definition()::reads)) {
                change.readers().add(rule);
                attempt(
                        rule.id(),
                        refused,
                        () -> compiler.compile(rule.definition().document(), streams.catalog()));
            }
        }
        return change;
    }

    private static void attempt(String id, Map<String, String> refused, Runnable check) {
        try {
            check.run();
        } catch (VarunaException e) {
            refused.put("rule " + id, String.valueOf(e.getMessage()));
        }
    }

    /** Stores all of it, or throws with everything as it was. */
    private void store(Change change, StreamReplacement streams) {
        Deque<Runnable> undo = new ArrayDeque<>();
        synchronized (register) {
            try {
                undo.push(streams::undo);
                streams.apply();
                change.removed().forEach(rule -> {
                    undo.push(() -> putBack(rule));
                    kept.remove(rule.id());
                    rules.remove(rule.id());
                });
                change.changed().forEach((rule, definition) -> {
                    undo.push(() -> putBack(rule));
                    kept.keep(definition);
                });
                change.created().forEach((id, definition) -> {
                    if (rules.putIfAbsent(id, new Rule(site, definition)) != null) {
                        throw Rules.exists(id);
                    }
                    undo.push(() -> {
                        rules.remove(id);
                        kept.remove(id);
                    });
                    kept.keep(definition);
                });
            } catch (RuntimeException e) {
                undo.forEach(RulesReplacement::attemptUndo);
                throw e;
            }
        }
    }

    private void putBack(Rule rule) {
        rules.put(rule.id(), rule);
        kept.keep(rule.definition());
    }

    private static void attemptUndo(Runnable undo) {
        try {
            undo.run();
        } catch (RuntimeException e) {
            LOG.error("Something is as it was until the container ends, but that could not be stored", e);
        }
    }

    private void begin(Change change, StreamReplacement streams, StreamReaders readers) {
        // before any of them goes on: without an option that keeps it, state does not outlive what it was read from
        streams.names().forEach(readers::streamChanged);
        change.readers().forEach(Rule::release);
        change.changed().forEach((rule, definition) -> rule.release(definition));
        CompletableFuture<?>[] gone = change.removed().stream()
                .map(rule -> rule.delete().thenRun(() -> site.engine().forget(rule.id())))
                .toArray(CompletableFuture<?>[]::new);
        change.created().forEach((id, definition) -> {
            Rule rule = rules.get(id);
            if (rule != null && definition.document().triggered()) {
                rule.start(Duration.ZERO);
            }
        });
        completion.within(CompletableFuture.allOf(gone), HOLD_LIMIT);
        released.forEach(Runnable::run);
    }
}
