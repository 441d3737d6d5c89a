package io.varuna.engine;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.StreamKind;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.plugin.PluginRegistry;
import io.varuna.engine.plugin.Profiles;
import io.varuna.engine.plugin.Resolver;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.engine.sink.SinkOptions;
import io.varuna.engine.source.StreamSource;
import io.varuna.plan.Aggregate;
import io.varuna.plan.IntervalJoin;
import io.varuna.plan.PlanNode;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.Window;
import io.varuna.plan.WindowAggregate;
import io.varuna.plan.WindowJoin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The plugins of a rule, found and checked. */
record Assembly(
        Map<String, Resolved<SourceFactory<?>>> sources,
        Map<String, Resolved<LookupFactory<?>>> lookups,
        List<Outlet> actions,
        List<Outlet> lateActions,
        List<Outlet> onError) {
    /** What a sink is given. */
    enum Use {
        RESULTS,
        LATE_RECORDS,
        DEAD_LETTERS
    }

    /** A sink that was found, with what the engine does for it. */
    record Outlet(Use use, ActionSpec action, Resolved<SinkFactory<?>> sink, SinkOptions options) {}

    /** Returns the sinks for results, then those for late records: what a checkpoint waits for. */
    List<Outlet> deliveries() {
        return Stream.concat(actions.stream(), lateActions.stream()).toList();
    }

    /**
     * Finds and checks the plugins of a rule.
     *
     * @throws VarunaException INVALID_PROPERTY naming all that is wrong
     * @throws PluginMissingException if all that is there is right, but something is missing
     */
    static Assembly of(RuleSpec spec, PluginRegistry registry, Profiles profiles) {
        Resolver resolver = new Resolver(registry, profiles);
        List<String> problems = new ArrayList<>();
        checkOptions(spec, problems);
        Map<String, Resolved<SourceFactory<?>>> sources = new LinkedHashMap<>();
        Map<String, Resolved<LookupFactory<?>>> lookups = new LinkedHashMap<>();
        for (String name : spec.plan().streams()) {
            StreamDefinition stream = spec.stream(name);
            if (stream.kind() == StreamKind.LOOKUP_TABLE) {
                resolver.lookup(stream).ifPresent(found -> lookups.put(name, found));
                continue;
            }
            resolver.source(stream).ifPresent(found -> {
                StreamSource.problem(found).ifPresent(problems::add);
                sources.put(name, found);
            });
        }
        List<Outlet> actions = outlets(Use.RESULTS, spec.actions(), spec, resolver, problems);
        List<Outlet> late = outlets(Use.LATE_RECORDS, spec.options().lateAction(), spec, resolver, problems);
        List<Outlet> onError = outlets(Use.DEAD_LETTERS, spec.options().onError(), spec, resolver, problems);
        problems.addAll(resolver.problems());
        if (!problems.isEmpty()) {
            throw new VarunaException(StandardError.INVALID_PROPERTY, String.join("\n", problems));
        }
        PluginMissingException missing = resolver.missing();
        if (missing != null) {
            throw missing;
        }
        return new Assembly(sources, lookups, actions, late, onError);
    }

    private static void checkOptions(RuleSpec spec, List<String> problems) {
        if (spec.options().metaToSink() && gathers(spec.plan().root())) {
            problems.add(
                    "Option 'sendMetaToSink' takes no rule with windows, groups or joins, whose rows have no single source");
        }
        if (!spec.options().eventTime() && !spec.options().lateAction().isEmpty()) {
            problems.add(
                    "Option 'lateAction' takes no rule in processing time, where nothing is late. Set isEventTime");
        }
        if (spec.options().eventTime()) {
            for (String name : spec.plan().streams()) {
                StreamDefinition stream = spec.stream(name);
                if (stream.kind() == StreamKind.STREAM
                        && stream.options().timestamp().isEmpty()) {
                    problems.add("Stream '" + name + "' has no option TIMESTAMP, which a rule with isEventTime needs");
                }
            }
        }
    }

    private static boolean gathers(PlanNode node) {
        return node instanceof Window
                || node instanceof WindowAggregate
                || node instanceof Aggregate
                || node instanceof WindowJoin
                || node instanceof IntervalJoin
                || node.inputs().stream().anyMatch(Assembly::gathers);
    }

    private static List<Outlet> outlets(
            Use use, List<ActionSpec> actions, RuleSpec spec, Resolver resolver, List<String> problems) {
        List<Outlet> outlets = new ArrayList<>();
        for (ActionSpec action : actions) {
            Optional<Resolved<SinkFactory<?>>> found = resolver.sink(action, spec.id());
            found.ifPresent(sink -> {
                List<String> own = new ArrayList<>();
                SinkOptions options =
                        SinkOptions.of(sink.properties(), spec.options().bufferLength(), sink::takes, own);
                own.forEach(problem ->
                        problems.add("Sink '" + action.type() + "' of rule '" + spec.id() + "': " + problem));
                outlets.add(new Outlet(use, action, sink, options));
            });
        }
        return outlets;
    }
}
