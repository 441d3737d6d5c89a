package io.varuna.engine.plugin;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.connection.ConnectionFactory;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.manage.PluginKind;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceContext;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.Resolver.Resolved;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The surroundings of one instance of a plugin. Closing it gives back the connections. */
public final class InstanceContext implements SourceContext, SinkContext, AutoCloseable {
    private final Owner owner;
    private final String type;
    private final String format;
    private final Decompression decompression;
    private final Map<String, @Nullable Object> properties;
    private final PluginAccess access;
    private final StepMetrics metrics;
    private final Schema schema;
    private final List<Connections.Lease> leases = new ArrayList<>();
    private volatile boolean reports;

    /**
     * What an instance works for.
     *
     * @param stream empty for a sink
     */
    public record Owner(String ruleId, String stream, String dataSource, List<Position> restored) {
        public Owner {
            restored = List.copyOf(restored);
        }
    }

    public InstanceContext(Owner owner, Resolved<?> resolved, PluginAccess access, StepMetrics metrics, Schema schema) {
        this.owner = owner;
        // not the plugins themselves: the codec may be exchanged while the instance stays open
        this.type = resolved.plugin().type();
        this.format = resolved.codec().type();
        this.decompression = Decompression.of(resolved);
        this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(resolved.properties()));
        this.access = access;
        this.metrics = metrics;
        this.schema = schema;
    }

    @Override
    public String ruleId() {
        return owner.ruleId();
    }

    @Override
    public Clock clock() {
        return access.clock();
    }

    @Override
    @SuppressWarnings("NullAway") // it does not see annotations within types of other bundles
    public Map<String, @Nullable Object> properties() {
        return properties;
    }

    @Override
    public synchronized <T extends AutoCloseable> T connection(Class<T> wanted) throws Exception {
        ProvidedPlugin<ConnectionFactory<?, ?>> plugin = access.registry()
                .connection(type)
                .orElseThrow(() -> new PluginMissingException(
                        PluginKind.CONNECTION, type, access.registry().types(PluginKind.CONNECTION)));
        Connections.Lease lease = access.connections().lend(plugin, properties);
        if (!wanted.isInstance(lease.connection())) {
            lease.close();
            throw new VarunaException(
                    StandardError.INTERNAL_ERROR,
                    "Plugin '" + plugin.plugin() + "' makes connections that are no " + wanted.getName());
        }
        leases.add(lease);
        return wanted.cast(lease.connection());
    }

    @Override
    public void status(ConnectionStatus status, @Nullable String message) {
        reports = true;
        metrics.connection(status, message, clock().millis());
    }

    /** Tells whether the instance has said how it gets on; the engine guesses for those that do not. */
    public boolean reports() {
        return reports;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public String stream() {
        return owner.stream();
    }

    @Override
    public String dataSource() {
        return owner.dataSource();
    }

    @Override
    public List<Position> restored() {
        return owner.restored();
    }

    @Override
    public Decoder decoder(Schema wanted) {
        ProvidedPlugin<CodecFactory<?>> codec = access.registry()
                .codec(format)
                .orElseThrow(() -> new PluginMissingException(
                        PluginKind.CODEC, format, access.registry().types(PluginKind.CODEC)));
        Decoder plain = decoder(codec.factory(), wanted);
        return (payload, out) -> plain.decode(decompression.apply(payload), out);
    }

    private <C> Decoder decoder(CodecFactory<C> codec, Schema wanted) {
        return codec.decoder(ConfigType.of(codec.configType()).proxy(properties), wanted);
    }

    @Override
    public synchronized void close() {
        leases.forEach(Connections.Lease::close);
        leases.clear();
    }
}
