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

/** The plugins of a test: its feeds for all sources and tables, its collecting sink, also for the log, and what it brings. */
final class HarnessPlugins implements PluginRegistry {
    private final FeedSource feed;
    private final FeedLookup tables;
    private final CollectSink collected;
    private final List<PluginFactory<?>> factories;

    HarnessPlugins(FeedSource feed, FeedLookup tables, CollectSink collected, List<PluginFactory<?>> factories) {
        this.feed = feed;
        this.tables = tables;
        this.collected = collected;
        this.factories = List.copyOf(factories);
    }

    @Override
    public Optional<ProvidedPlugin<SourceFactory<?>>> source(String type) {
        return Optional.of(provided(PluginKind.SOURCE, type, feed));
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type has no parameters
    public Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type) {
        if (type.equals("log")) {
            return Optional.of(provided(PluginKind.SINK, type, collected));
        }
        return (Optional) find(PluginKind.SINK, type, SinkFactory.class);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class of a generic type has no parameters
    public Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format) {
        return (Optional) find(PluginKind.CODEC, format, CodecFactory.class);
    }

    @Override
    public Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type) {
        return Optional.of(provided(PluginKind.LOOKUP, type, tables));
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
                .map(factory -> provided(kind, type, role.cast(factory)));
    }

    private static <F extends PluginFactory<?>> ProvidedPlugin<F> provided(PluginKind kind, String type, F factory) {
        return new ProvidedPlugin<>(kind, type, "test", "1.0.0", factory);
    }

    @Override
    public Collection<String> types(PluginKind kind) {
        return factories.stream().map(HarnessPlugins::type).distinct().toList();
    }

    private static String type(PluginFactory<?> factory) {
        PluginType type = factory.getClass().getAnnotation(PluginType.class);
        return type == null ? "" : type.value();
    }
}
