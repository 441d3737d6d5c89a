package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.TrialService;
import io.varuna.engine.Engine;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.time.EngineTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The trials that there are: some at a time, each for some minutes. Thread-safe. */
final class Trials implements TrialService {
    private static final int MOST = 16;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Engine engine;
    private final RuleCompiler compiler;
    private final EngineTime time;
    /** Guarded by itself; trials are started and ended without it, as that may wait. */
    private final Map<String, Trial> trials = new TreeMap<>();

    Trials(Engine engine, RuleCompiler compiler, EngineTime time) {
        this.engine = engine;
        this.compiler = compiler;
        this.time = time;
    }

    @Override
    public String create(String json) {
        TrialDocument document = TrialDocument.parse(json);
        RuleDefinition definition = compiler.compileQuery(document.rule());
        RuleSpec read = compiler.spec(definition);
        document.checkStreams(read.plan().streams());
        RuleSpec spec = new RuleSpec(
                read.id(),
                read.plan(),
                read.streams().stream().map(document::stream).toList(),
                document.actions(),
                read.options());
        Trial trial = new Trial(engine, spec, compiler.view(definition));
        orRefuse(trial::check);
        Trial former = add(document.id(), trial);
        if (former != null) {
            former.end();
        }
        trial.limit(time.schedule(time.clock().instant().plus(LIMIT), () -> end(document.id(), trial)));
        return document.id();
    }

    private @Nullable Trial add(String id, Trial trial) {
        synchronized (trials) {
            if (trials.size() >= MOST && !trials.containsKey(id)) {
                throw new VarunaException(
                        StandardError.INVALID_RULE,
                        "There are " + MOST
                                + " trials already, the most that there may be. Delete one, or wait: each ends"
                                + " after " + LIMIT.toMinutes() + " minutes. There are: "
                                + String.join(", ", trials.keySet()));
            }
            return trials.put(id, trial);
        }
    }

    @Override
    public void start(String id) {
        Trial trial = find(id);
        orRefuse(trial::start);
        time.settle();
    }

    @Override
    public void remove(String id) {
        end(id, find(id));
    }

    @Override
    public AutoCloseable listen(String id, Consumer<String> listener, Runnable ended) {
        return find(id).watch(listener, ended);
    }

    /** Ends the trials that use something that goes. */
    void leaving(Set<PluginUse> uses) {
        List<Map.Entry<String, Trial>> present;
        synchronized (trials) {
            present = trials.entrySet().stream()
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .toList();
        }
        for (Map.Entry<String, Trial> entry : present) {
            if (entry.getValue().uses(uses)) {
                entry.getValue().error("The trial ended because a plugin that it uses goes.");
                end(entry.getKey(), entry.getValue());
            }
        }
    }

    private void end(String id, Trial trial) {
        synchronized (trials) {
            trials.remove(id, trial);
        }
        trial.end();
    }

    private Trial find(String id) {
        synchronized (trials) {
            Trial trial = trials.get(id);
            if (trial == null) {
                throw new VarunaException(
                        StandardError.RULE_NOT_FOUND,
                        "There is no trial '" + id + "'. One ends " + LIMIT.toMinutes()
                                + " minutes after it was created; create it again by POST '/ruletest'.");
            }
            return trial;
        }
    }

    private void orRefuse(Runnable action) {
        try {
            action.run();
        } catch (PluginMissingException e) {
            // nobody waits for a trial, so it is refused with what helps
            throw new VarunaException(
                    e.code(),
                    "The trial cannot run: it is " + e.getMessage() + compiler.remedy(new Need(e.kind(), e.name())),
                    e);
        }
    }
}
