package io.varuna.engine;

import com.fasterxml.jackson.jr.ob.JSON;
import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.codec.Encoder;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Missing;
import io.varuna.api.data.Row;
import io.varuna.api.data.Schema;
import io.varuna.api.lookup.LookupFactory;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.PluginFactory;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.plugin.PluginRegistry;
import io.varuna.engine.plugin.ProvidedPlugin;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The plugins of a test: whatever it registers, and a format {@code json}. */
final class TestPlugins implements PluginRegistry {
    private final Map<String, SourceFactory<?>> sources = new ConcurrentHashMap<>();
    private final Map<String, SinkFactory<?>> sinks = new ConcurrentHashMap<>();
    private final Map<String, LookupFactory<?>> lookups = new ConcurrentHashMap<>();
    private final Map<String, ConnectionFactory<?, ?>> connections = new ConcurrentHashMap<>();

    private final String version;
    private CodecFactory<?> json = new JsonCodec();

    TestPlugins() {
        this("1.0.0");
    }

    TestPlugins(String version) {
        this.version = version;
    }

    TestPlugins codec(CodecFactory<?> codec) {
        json = codec;
        return this;
    }

    /** Properties of a plugin that takes none. */
    @interface None {}

    TestPlugins source(String type, SourceFactory<?> factory) {
        sources.put(type, factory);
        return this;
    }

    TestPlugins sink(String type, SinkFactory<?> factory) {
        sinks.put(type, factory);
        return this;
    }

    TestPlugins lookup(String type, LookupFactory<?> factory) {
        lookups.put(type, factory);
        return this;
    }

    TestPlugins connection(String type, ConnectionFactory<?, ?> factory) {
        connections.put(type, factory);
        return this;
    }

    private <F extends PluginFactory<?>> Optional<ProvidedPlugin<F>> provided(
            PluginKind kind, String type, @Nullable F factory) {
        return factory == null
                ? Optional.empty()
                : Optional.of(new ProvidedPlugin<>(kind, type, "test", version, factory));
    }

    @Override
    public Optional<ProvidedPlugin<SourceFactory<?>>> source(String type) {
        return provided(PluginKind.SOURCE, type, sources.get(type));
    }

    @Override
    public Optional<ProvidedPlugin<SinkFactory<?>>> sink(String type) {
        return provided(PluginKind.SINK, type, sinks.get(type));
    }

    @Override
    public Optional<ProvidedPlugin<CodecFactory<?>>> codec(String format) {
        return provided(PluginKind.CODEC, format, format.equals("json") ? json : null);
    }

    @Override
    public Optional<ProvidedPlugin<LookupFactory<?>>> lookup(String type) {
        return provided(PluginKind.LOOKUP, type, lookups.get(type));
    }

    @Override
    public Optional<ProvidedPlugin<ConnectionFactory<?, ?>>> connection(String type) {
        return provided(PluginKind.CONNECTION, type, connections.get(type));
    }

    @Override
    public Collection<String> types(PluginKind kind) {
        return switch (kind) {
            case SOURCE -> sources.keySet();
            case SINK -> sinks.keySet();
            case CONNECTION -> connections.keySet();
            case CODEC -> List.of("json");
            case LOOKUP -> lookups.keySet();
            case FUNCTION -> List.of();
        };
    }

    /** JSON by the whole record. */
    static final class JsonCodec implements CodecFactory<None> {
        @Override
        public Decoder decoder(None config, Schema schema) {
            return (payload, out) -> {
                byte[] bytes = new byte[payload.remaining()];
                payload.get(bytes);
                Object value = JSON.std.anyFrom(new String(bytes, StandardCharsets.UTF_8));
                if (!(value instanceof Map<?, ?> record)) {
                    throw new IllegalArgumentException("no object");
                }
                @Nullable Object[] row = new @Nullable Object[schema.width()];
                for (int i = 0; i < schema.size(); i++) {
                    String name = schema.columns().get(i).name();
                    row[i] = record.containsKey(name) ? whole(record.get(name)) : Missing.VALUE;
                }
                if (schema.open()) {
                    row[schema.size()] = record;
                }
                out.accept(row);
            };
        }

        private static @Nullable Object whole(@Nullable Object value) {
            return value instanceof Integer number ? (Object) number.longValue() : value;
        }

        @Override
        public Encoder encoder(None config) {
            return new Encoder() {
                @Override
                public void encode(Row row, OutputStream out) throws Exception {
                    out.write(JSON.std.asBytes(row.toMap()));
                }

                @Override
                public void encode(List<Row> rows, OutputStream out) throws Exception {
                    out.write(JSON.std.asBytes(rows.stream().map(Row::toMap).toList()));
                }
            };
        }
    }
}
