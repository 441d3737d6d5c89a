package io.varuna.benchmarks.swap;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginRegistry;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One version of each plugin. */
record Versions(
        ProvidedPlugin<SourceFactory<?>> source,
        ProvidedPlugin<SinkFactory<?>> sink,
        ProvidedPlugin<CodecFactory<?>> codec)
        implements PluginRegistry {
    static Versions of(SourceFactory<?> source, SinkFactory<?> sink, CodecFactory<?> codec) {
        return new Versions(
                new ProvidedPlugin<>(PluginKind.SOURCE, "numbers", "numbers", "1.0.0", source),
                new ProvidedPlugin<>(PluginKind.SINK, "ledger", "ledger", "1.0.0", sink),
                new ProvidedPlugin<>(PluginKind.CODEC, "number", "number", "1.0.0", codec));
    }

    @Override
    public Optional<ProvidedPlugin<SourceFactory<?>>> source(String type) {
        return Optional.of(source);
    }

    @Override
    public Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type) {
        return Optional.of(sink);
    }

    @Override
    public Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format) {
        return Optional.of(codec);
    }

    @Override
    public Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type) {
        return Optional.empty();
    }

    @Override
    public Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection(String type) {
        return Optional.empty();
    }

    @Override
    public Collection<String> types(PluginKind kind) {
        return List.of();
    }
}
