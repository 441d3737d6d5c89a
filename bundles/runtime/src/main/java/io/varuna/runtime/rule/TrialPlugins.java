package io.varuna.runtime.rule;

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

/** The plugins as a trial sees them: all that a rule would read from, and one sink of its own. */
record TrialPlugins(PluginRegistry others, TrialSink sink) implements PluginRegistry {
    @Override
    public Optional<ProvidedPlugin<SourceFactory<?>>> source(String type) {
        return others.source(type);
    }

    @Override
    public Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type) {
        return type.equals(TrialSink.TYPE) ? Optional.of(sink.provided()) : Optional.empty();
    }

    @Override
    public Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format) {
        return others.codec(format);
    }

    @Override
    public Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type) {
        return others.lookup(type);
    }

    @Override
    public Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection(String type) {
        return type.equals(TrialSink.TYPE) ? Optional.empty() : others.connection(type);
    }

    @Override
    public Collection<String> types(PluginKind kind) {
        return kind == PluginKind.SINK ? List.of(TrialSink.TYPE) : others.types(kind);
    }
}
