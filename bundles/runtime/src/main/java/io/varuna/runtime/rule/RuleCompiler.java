package io.varuna.runtime.rule;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.function.FunctionDefinition;
import io.varuna.api.manage.PluginKind;
import io.varuna.engine.Engine;
import io.varuna.engine.function.ProvidedFunction;
import io.varuna.engine.plugin.PluginMissingException;
import io.varuna.engine.plugin.PluginUse;
import io.varuna.engine.plugin.PluginView;
import io.varuna.engine.rule.RuleOptions;
import io.varuna.engine.rule.RuleSpec;
import io.varuna.plan.Catalog;
import io.varuna.plan.PlanCodec;
import io.varuna.plan.RulePlan;
import io.varuna.plan.StreamDefinition;
import io.varuna.runtime.Suggestion;
import io.varuna.runtime.plugin.Plugins;
import io.varuna.sql.SqlCompiler;
import io.varuna.sql.StreamStatement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** Makes plans of rules, and knows when a plan is out of date. Thread-safe. */
final class RuleCompiler {
    private final Catalog catalog;
    private final Plugins plugins;
    private final Engine engine;
    private final ZoneId zone;

    RuleCompiler(Catalog catalog, Plugins plugins, Engine engine, ZoneId zone) {
        this.catalog = catalog;
        this.plugins = plugins;
        this.engine = engine;
        this.zone = zone;
    }

    /**
     * A rule that was compiled and checked, as far as the plugins that are there allow.
     *
     * @param missing what it would wait for
     */
    record Checked(RuleDefinition definition, Optional<PluginMissingException> missing) {}

    /** Compiles and checks a rule. A plugin that is not there is not held against it: such a rule waits. */
    RuleDefinition compile(RuleDocument document) {
        return check(document).definition();
    }

    private Checked check(RuleDocument document) {
        RuleDefinition definition = compile(document, catalog);
        try {
            engine.check(spec(definition), view(definition));
            return new Checked(definition, Optional.empty());
        } catch (PluginMissingException e) {
            return new Checked(definition, Optional.of(e));
        }
    }

    /** The same, but refuses what no plugin has that anybody knows, as it is more likely a slip, unless the rule wants to wait. */
    Checked checkKnown(RuleDocument document) {
        Checked checked = check(document);
        checked.missing()
                .filter(missing -> !waits(checked.definition()) && !plugins.knows(missing.kind(), missing.name()))
                .ifPresent(missing -> {
                    throw unknown(missing);
                });
        return checked;
    }

    private boolean waits(RuleDefinition definition) {
        RuleOptions options = definition.options();
        return options.waitForPlugins()
                || options.plugins().keySet().stream()
                        .anyMatch(plugin -> plugins.versions(plugin).isEmpty());
    }

    private VarunaException unknown(PluginMissingException missing) {
        Collection<String> known = plugins.types(missing.kind());
        String kind = missing.kind().name().toLowerCase(Locale.ROOT);
        return new VarunaException(
                StandardError.INVALID_RULE,
                "There is no " + kind + " '" + missing.name() + "'." + Suggestion.forName(missing.name(), known)
                        + " There are: " + Suggestion.list(known)
                        + ". If a plugin with it comes later, say so by the option \"waitForPlugins\": true");
    }

    /** Returns one for the same plugins and other streams. */
    RuleCompiler with(Catalog streams) {
        return new RuleCompiler(streams, plugins, engine, zone);
    }

    /** Compiles a query without actions. */
    RuleDefinition compileQuery(RuleDocument document) {
        return compile(document, catalog);
    }

    /** Compiles a rule against other streams than those that are there, without checking its actions. */
    RuleDefinition compile(RuleDocument document, Catalog streams) {
        RuleOptions options = RuleOptions.of(document.options());
        RuleSchedule.of(options.schedule(), zone);
        Map<String, String> versions = plugins.view(options.plugins()).versions();
        RulePlan plan = plan(document, options, streams, versions);
        return new RuleDefinition(document, plan, fingerprint(document, options, plan, streams, versions));
    }

    private RulePlan plan(RuleDocument document, RuleOptions options, Catalog streams, Map<String, String> versions) {
        Catalog names = new ChosenFunctions(streams, plugins, versions);
        return new SqlCompiler(names).compile(document.sql(), options.dialect(), options.eventTime());
    }

    /** Returns the plugins as a rule asks for them. */
    PluginView view(RuleDefinition definition) {
        return plugins.view(definition.options().plugins());
    }

    /**
     * Returns the plugins as a rule asks for them, without what leaves: of the same plugins another version is taken. Empty
     * if the rule could not run with what is left.
     */
    Optional<PluginView> viewWithout(RuleDefinition definition, Set<PluginUse> leaving) {
        Map<String, String> versions = new HashMap<>(definition.options().plugins());
        for (PluginUse use : leaving) {
            // none of the plugin if there is no other: somebody else may offer the same
            versions.putIfAbsent(
                    use.plugin(),
                    plugins.versions(use.plugin()).stream()
                            .filter(version -> !version.equals(use.version()))
                            .findFirst()
                            .orElse(""));
        }
        PluginView view = plugins.view(versions);
        try {
            engine.check(spec(definition), view);
            return Optional.of(view);
        } catch (VarunaException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns why a running rule must not go on with the functions of another view: its query would be another one.
     *
     * @param uses what it uses at the moment
     */
    Optional<String> obstacle(RuleDefinition definition, Set<PluginUse> uses, PluginView next) {
        RulePlan plan = definition.plan();
        if (plan == null || uses.stream().allMatch(use -> isSame(use, next))) {
            return Optional.empty();
        }
        try {
            RulePlan other = plan(definition.document(), definition.options(), catalog, next.versions());
            return other.equals(plan)
                    ? Optional.empty()
                    : Optional.of("the functions that it calls take or return other types, so its query would be"
                            + " another one");
        } catch (VarunaException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private boolean isSame(PluginUse use, PluginView next) {
        return use.kind() != PluginKind.FUNCTION
                || plugins.functions()
                        .provided(use.name(), next.versions())
                        .filter(function -> function.plugin().equals(use.plugin())
                                && function.version().equals(use.version()))
                        .isPresent();
    }

    /** Returns a sentence about a plugin that could be installed, after a full stop; empty if none is known. */
    String remedy(Need need) {
        return need.kind() == null || need.name() == null
                ? ""
                : plugins.remedies()
                        .of(need.kind(), need.name())
                        .map(remedy -> ". " + remedy)
                        .orElse("");
    }

    /** Returns sentences about the versions that a rule asks for and that are not there; empty if there are none. */
    String absentVersions(RuleDefinition definition) {
        return definition.options().plugins().entrySet().stream()
                .filter(asked -> !plugins.versions(asked.getKey()).contains(asked.getValue()))
                .map(asked -> ". It asks for version " + asked.getValue() + " of plugin '" + asked.getKey() + "'; "
                        + there(plugins.versions(asked.getKey())))
                .collect(Collectors.joining());
    }

    private static String there(List<String> versions) {
        return versions.isEmpty() ? "there is none" : "there is " + String.join(", ", versions);
    }

    /** Returns the definition with a plan that fits the streams and functions that are there now. */
    RuleDefinition refresh(RuleDefinition definition) {
        RulePlan plan = definition.plan();
        if (plan == null) {
            return compile(definition.document(), catalog);
        }
        for (String stream : plan.streams()) {
            stream(stream);
        }
        Map<String, String> versions = view(definition).versions();
        for (String function : plan.functions()) {
            if (plugins.functions().provided(function, versions).isEmpty()) {
                throw new PluginMissingException(PluginKind.FUNCTION, function, List.of());
            }
        }
        boolean current = fingerprint(definition.document(), definition.options(), plan, catalog, versions)
                .equals(definition.fingerprint());
        return current ? definition : compile(definition.document(), catalog);
    }

    /** Fails unless a rule keeps positions of a stream that are its own. */
    void checkMovable(RuleDefinition definition, String stream) {
        String id = definition.document().id();
        if (!definition.reads(stream)) {
            throw new VarunaException(StandardError.INVALID_RULE, "Rule '" + id + "' does not read '" + stream + "'");
        }
        if (stream(stream).options().shared()) {
            throw new VarunaException(
                    StandardError.INVALID_RULE,
                    "Stream '" + stream + "' is shared by its rules, which read it at one place");
        }
        if (definition.options().qos() == 0) {
            throw new VarunaException(
                    StandardError.INVALID_RULE, "Rule '" + id + "' keeps no positions, as its option 'qos' is 0");
        }
    }

    RuleSpec spec(RuleDefinition definition) {
        RulePlan plan = definition.plan();
        if (plan == null) {
            throw new IllegalStateException("rule '" + definition.document().id() + "' is not compiled");
        }
        List<StreamDefinition> streams =
                plan.streams().stream().map(this::stream).toList();
        RuleDocument document = definition.document();
        return new RuleSpec(document.id(), plan, streams, document.actions(), definition.options());
    }

    private StreamDefinition stream(String name) {
        return catalog.stream(name)
                .orElseThrow(() -> new VarunaException(
                        StandardError.STREAM_NOT_FOUND, "waiting for stream '" + name + "', which was dropped"));
    }

    private String fingerprint(
            RuleDocument document, RuleOptions options, RulePlan plan, Catalog streams, Map<String, String> versions) {
        List<String> parts = new ArrayList<>();
        parts.add("plan " + PlanCodec.VERSION + " of " + compilerVersion());
        parts.add(document.sql());
        parts.add(options.dialect() + " " + options.eventTime());
        plan.streams()
                .forEach(name -> parts.add(
                        streams.stream(name).map(StreamDefinition::statement).orElse("")));
        plan.functions()
                .forEach(name -> parts.add(plugins.functions()
                        .provided(name, versions)
                        .map(RuleCompiler::describe)
                        .orElse("")));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the version of the bundle that compiles: another one may make another plan of the same query. */
    private static String compilerVersion() {
        Bundle bundle = FrameworkUtil.getBundle(StreamStatement.class);
        return bundle == null ? "" : bundle.getVersion().toString();
    }

    private static String describe(ProvidedFunction function) {
        FunctionDefinition definition = function.definition();
        return definition.kind() + " " + definition.signature() + " " + function.version();
    }
}
