package io.varuna.rulekit;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.PluginFactory;
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
    private final GivenPlugins given;

    HarnessPlugins(FeedSource feed, FeedLookup tables, CollectSink collected, List<PluginFactory<?>> factories) {
        this.feed = feed;
        this.tables = tables;
        this.collected = collected;
        this.given = new GivenPlugins(factories);
    }

    @Override
    public Optional<ProvidedPlugin<SourceFactory<?>>> source(String type) {
        return Optional.of(provided(PluginKind.SOURCE, type, feed));
    }

    @Override
    public Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type) {
        return type.equals("log") ? Optional.of(provided(PluginKind.SINK, type, collected)) : given.sink(type);
    }

    @Override
    public Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format) {
        return given.codec(format);
    }

    @Override
    public Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type) {
        return Optional.of(provided(PluginKind.LOOKUP, type, tables));
    }

    @Override
    public Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection(String type) {
        return given.connection(type);
    }

    private static <F extends PluginFactory<?>> ProvidedPlugin<F> provided(PluginKind kind, String type, F factory) {
        return new ProvidedPlugin<>(kind, type, "test", "1.0.0", factory);
    }

    @Override
    public Collection<String> types(PluginKind kind) {
        return given.types(kind);
    }
}
