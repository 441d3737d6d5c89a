package io.varuna.engine.plugin;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import java.util.Collection;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** The plugins that are there now. Thread-safe and quick; asked whenever a rule is checked or started. */
@ConsumerType
public interface PluginRegistry {
    Optional<ProvidedPlugin<SourceFactory<?>>> source(String type);

    Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type);

    /** Returns the codec of a format, such as {@code json}. */
    Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format);

    Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type);

    Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection(String type);

    /** Returns the types of a kind that are there, for messages. */
    Collection<String> types(PluginKind kind);
}
