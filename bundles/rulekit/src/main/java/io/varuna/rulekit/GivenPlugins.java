package io.varuna.rulekit;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.plugin.PluginType;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginRegistry;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Plugins that are there from the beginning, found by kind and type. Immutable. */
public final class GivenPlugins implements PluginRegistry {
    private final List<PluginFactory<?>> factories;

    /** Creates the registry of plugins that are told apart by {@link PluginType}. */
    public GivenPlugins(List<PluginFactory<?>> factories) {
        this.factories = List.copyOf(factories);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type has no parameters
    public Optional<ProvidedPlugin<SourceFactory<?>>> source(String type) {
        return (Optional) find(PluginKind.SOURCE, type, SourceFactory.class);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type has no parameters
    public Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type) {
        return (Optional) find(PluginKind.SINK, type, SinkFactory.class);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type has no parameters
    public Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format) {
        return (Optional) find(PluginKind.CODEC, format, CodecFactory.class);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type has no parameters
    public Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type) {
        return (Optional) find(PluginKind.LOOKUP, type, LookupFactory.class);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type has no parameters
    public Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection(String type) {
        return (Optional) find(PluginKind.CONNECTION, type, ConnectionFactory.class);
    }

    private <F extends PluginFactory<?>> Optional<ProvidedPlugin<F>> find(PluginKind kind, String type, Class<F> role) {
        return factories.stream()
                .filter(role::isInstance)
                .filter(factory -> type(factory).equals(type))
                .findFirst()
                .map(factory -> new ProvidedPlugin<>(kind, type, "test", "1.0.0", role.cast(factory)));
    }

    @Override
    public Collection<String> types(PluginKind kind) {
        return factories.stream().map(GivenPlugins::type).distinct().toList();
    }

    private static String type(PluginFactory<?> factory) {
        PluginType type = factory.getClass().getAnnotation(PluginType.class);
        return type == null ? "" : type.value();
    }
}
