package io.varuna.engine.plugin;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.rule.ActionSpec;
import io.varuna.plan.StreamDefinition;
import io.varuna.plan.StreamOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the plugins of a rule and checks their properties. Collects what is wrong, so that all can be told at once. */
public final class Resolver {
    private final PluginRegistry registry;
    private final Profiles profiles;
    private final List<String> problems = new ArrayList<>();
    private @Nullable PluginMissingException missing;

    public Resolver(PluginRegistry registry, Profiles profiles) {
        this.registry = registry;
        this.profiles = profiles;
    }

    /**
     * A source or sink with its codec and all its properties.
     *
     * @param properties as given, profiles included
     */
    public record Resolved<F extends PluginFactory<?>>(
            ProvidedPlugin<F> plugin,
            ProvidedPlugin<CodecFactory<?>> codec,
            Map<String, @Nullable Object> properties,
            Set<PluginUse> uses) {
        /** Tells whether another one would be made by the same factories. */
        public boolean sameAs(Resolved<F> other) {
            return samePluginAs(other) && codec.factory() == other.codec.factory();
        }

        /** Tells whether another one would differ in its codec at most. */
        public boolean samePluginAs(Resolved<F> other) {
            return plugin.factory() == other.plugin.factory()
                    && connection(uses).equals(connection(other.uses));
        }

        private static List<PluginUse> connection(Set<PluginUse> uses) {
            return uses.stream()
                    .filter(use -> use.kind() == PluginKind.CONNECTION)
                    .toList();
        }

        /** Tells whether the plugin itself takes a property, so that the engine leaves it alone. */
        public boolean takes(String name) {
            return ConfigType.of(plugin.factory().configType()).has(name);
        }
    }

    /** Returns what was found wrong, in sentences. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Returns the first plugin that was missing, or null. */
    public @Nullable PluginMissingException missing() {
        return missing;
    }

    /** Finds the source of a stream; empty if something is missing. */
    public Optional<Resolved<SourceFactory<?>>> source(StreamDefinition stream) {
        String type = stream.options().type(stream.kind());
        return input(stream, registry.source(type), PluginKind.SOURCE, "Source");
    }

    /** Finds the plugin of a lookup table; empty if something is missing. */
    public Optional<Resolved<LookupFactory<?>>> lookup(StreamDefinition table) {
        String type = table.options().type(table.kind());
        return input(table, registry.lookup(type), PluginKind.LOOKUP, "Lookup");
    }

    private <F extends PluginFactory<?>> Optional<Resolved<F>> input(
            StreamDefinition stream, Optional<ProvidedPlugin<F>> plugin, PluginKind kind, String word) {
        StreamOptions options = stream.options();
        String type = options.type(stream.kind());
        String where = word + " '" + type + "' of " + stream.kind().word() + " '" + stream.name() + "'";
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        String key = options.get("CONF_KEY").orElse("default");
        Optional<Map<String, @Nullable Object>> profile = profiles.profile(PluginKind.SOURCE, type, key);
        if (profile.isEmpty() && options.get("CONF_KEY").isPresent()) {
            problems.add(where + ": there is no configuration '" + key + "'");
        }
        profile.ifPresent(properties::putAll);
        options.get("EXTRA").ifPresent(extra -> properties.putAll(extra(extra, where)));
        options.get("SCHEMAID").ifPresent(id -> properties.put("schemaId", id));
        options.get("DELIMITER").ifPresent(delimiter -> properties.put("delimiter", delimiter));
        options.get("KEY").ifPresent(column -> properties.putIfAbsent("key", column));
        if (!stream.schema().open()) {
            // a format without names goes by the positions of the columns
            registry.codec(options.format().toLowerCase(Locale.ROOT))
                    .filter(codec -> ConfigType.of(codec.factory().configType()).has("fields"))
                    .ifPresent(codec ->
                            properties.putIfAbsent("fields", stream.schema().names()));
        }
        return resolve(plugin, kind, type, options.format(), properties, CommonProperties.SOURCE, where);
    }

    /** Finds the sink of an action; empty if something is missing. */
    public Optional<Resolved<SinkFactory<?>>> sink(ActionSpec action, String ruleId) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        String where = "Sink '" + action.type() + "' of rule '" + ruleId + "'";
        if (action.properties().get("resourceId") instanceof String id) {
            profiles.profile(PluginKind.SINK, action.type(), id)
                    .ifPresentOrElse(
                            properties::putAll, () -> problems.add(where + ": there is no configuration '" + id + "'"));
        }
        properties.putAll(action.properties());
        String format = properties.get("format") instanceof String text ? text : "json";
        return resolve(
                registry.sink(action.type()),
                PluginKind.SINK,
                action.type(),
                format,
                properties,
                CommonProperties.SINK,
                where);
    }

    private Map<String, @Nullable Object> extra(String json, String where) {
        try {
            return new LinkedHashMap<>(JSON.std.mapFrom(json));
        } catch (IOException e) {
            problems.add(where + ": option EXTRA must be a JSON object: " + e.getMessage());
            return Map.of();
        }
    }

    private <F extends PluginFactory<?>> Optional<Resolved<F>> resolve(
            Optional<ProvidedPlugin<F>> plugin,
            PluginKind kind,
            String type,
            String format,
            Map<String, @Nullable Object> properties,
            Set<String> common,
            String where) {
        Optional<ProvidedPlugin<CodecFactory<?>>> codec = registry.codec(format.toLowerCase(Locale.ROOT));
        if (plugin.isEmpty()) {
            miss(kind, type);
            return Optional.empty();
        }
        if (codec.isEmpty()) {
            miss(PluginKind.CODEC, format);
            return Optional.empty();
        }
        Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection = registry.connection(type);
        if (properties.get("connectionSelector") instanceof String name) {
            profiles.profile(PluginKind.CONNECTION, type, name)
                    .ifPresentOrElse(
                            properties::putAll, () -> problems.add(where + ": there is no connection '" + name + "'"));
        }
        List<ConfigType<?>> types = new ArrayList<>();
        types.add(ConfigType.of(plugin.get().factory().configType()));
        types.add(ConfigType.of(codec.get().factory().configType()));
        connection.ifPresent(found -> types.add(ConfigType.of(found.factory().configType())));
        if (check(types, properties, common, where)) {
            List<PluginFactory<?>> factories = new ArrayList<>();
            factories.add(plugin.get().factory());
            factories.add(codec.get().factory());
            connection.ifPresent(found -> factories.add(found.factory()));
            factories.forEach(factory -> validate(factory, properties, where));
        }
        Set<PluginUse> uses = new LinkedHashSet<>();
        uses.add(plugin.get().use());
        uses.add(codec.get().use());
        connection.ifPresent(found -> uses.add(found.use()));
        return Optional.of(new Resolved<>(plugin.get(), codec.get(), properties, uses));
    }

    /** Lets a plugin say what it cannot do; it may throw whatever it likes. */
    private <C> void validate(PluginFactory<C> factory, Map<String, @Nullable Object> properties, String where) {
        try {
            factory.validate(ConfigType.of(factory.configType()).proxy(properties));
        } catch (RuntimeException | Error e) {
            problems.add(where + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    /** Returns whether nothing was wrong. */
    private boolean check(
            List<ConfigType<?>> types, Map<String, @Nullable Object> properties, Set<String> common, String where) {
        Set<String> own = new TreeSet<>();
        types.forEach(type -> own.addAll(type.names()));
        List<String> found = new ArrayList<>();
        types.forEach(type -> type.check(properties, found));
        for (String name : properties.keySet()) {
            if (!own.contains(name) && !common.contains(name)) {
                found.add("has no property '" + name + "'");
            }
        }
        if (!found.isEmpty()) {
            problems.add(where + " " + String.join("; ", new LinkedHashSet<>(found)) + ". It takes: "
                    + (own.isEmpty() ? "no properties of its own" : String.join(", ", own)) + "; and "
                    + String.join(", ", common));
        }
        return found.isEmpty();
    }

    private void miss(PluginKind kind, String name) {
        if (missing == null) {
            missing = new PluginMissingException(kind, name, registry.types(kind));
        }
    }
}
