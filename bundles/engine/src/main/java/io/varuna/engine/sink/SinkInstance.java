package io.varuna.engine.sink;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.data.Schema;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkFactory;
import io.varuna.api.sink.TransactionalSink;
import io.varuna.engine.data.Results;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.InstanceContext;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.Resolver.Resolved;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink of a plugin, from opening to closing. One thread at a time. */
public final class SinkInstance {
    private static final Logger LOGGER = LoggerFactory.getLogger(SinkInstance.class);

    private volatile Resolved<SinkFactory<?>> resolved;
    private final SinkOptions options;
    private final String ruleId;
    private final Schema schema;
    private final PluginAccess access;
    private final StepMetrics metrics;
    private final long lastCheckpoint;
    private final boolean checkpoints;
    private long published;
    private volatile long prepared;
    private @Nullable InstanceContext context;
    private @Nullable Sink sink;
    private SinkBatch.@Nullable Encoding encoding;

    /**
     * Creates the instance.
     *
     * @param checkpoints whether the rule makes checkpoints, which make transactions public
     * @param lastCheckpoint the one that the rule goes on from, 0 if none
     */
    public SinkInstance(
            Resolved<SinkFactory<?>> resolved,
            SinkOptions options,
            String ruleId,
            Schema schema,
            PluginAccess access,
            StepMetrics metrics,
            boolean checkpoints,
            long lastCheckpoint) {
        this.resolved = resolved;
        this.options = options;
        this.ruleId = ruleId;
        this.schema = schema;
        this.access = access;
        this.metrics = metrics;
        this.checkpoints = checkpoints;
        this.lastCheckpoint = lastCheckpoint;
        this.published = lastCheckpoint;
        this.prepared = lastCheckpoint;
    }

    SinkFactory<?> factory() {
        return resolved.plugin().factory();
    }

    /** Makes an instance with other plugins to go on from what this one has prepared; it is not open yet. */
    SinkInstance anew(Resolved<SinkFactory<?>> by) {
        return new SinkInstance(by, options, ruleId, schema, access, metrics, checkpoints, prepared);
    }

    /**
     * How messages are encoded.
     *
     * @param encoding null as long as the sink is not open
     */
    record Encoded(Resolved<SinkFactory<?>> by, SinkBatch.@Nullable Encoding encoding) {}

    /** Encodes messages in another way from now on; returns how they were. */
    synchronized Encoded encodeBy(Encoded other) {
        Encoded before = new Encoded(resolved, encoding);
        resolved = other.by();
        encoding = sink == null ? null : other.encoding();
        return before;
    }

    /** Makes what encodes messages by another codec. */
    SinkBatch.Encoding encoding(Resolved<SinkFactory<?>> by) {
        return encoding(by.codec().factory(), by);
    }

    Resolved<SinkFactory<?>> resolved() {
        return resolved;
    }

    /** Makes safe and public what was written, before another instance goes on. */
    synchronized void finish() throws Exception {
        Sink open = sink;
        try {
            if (open instanceof TransactionalSink transactional) {
                transactional.prepare(++published);
                transactional.commit(published);
            } else if (open != null) {
                open.flush();
            }
        } catch (Error e) {
            throw failure(e);
        }
    }

    synchronized boolean isOpen() {
        return sink != null;
    }

    synchronized void open() throws Exception {
        metrics.connection(ConnectionStatus.CONNECTING, null, access.clock().millis());
        InstanceContext opening = new InstanceContext(
                new InstanceContext.Owner(ruleId, "", "", List.of()), resolved, access, metrics, schema);
        Sink opened = null;
        try {
            opened = open(resolved.plugin().factory(), opening);
            if (opened instanceof TransactionalSink transactional) {
                transactional.recover(lastCheckpoint);
            }
            encoding = encoding(resolved);
            context = opening;
            sink = opened;
            if (metrics.connection() == ConnectionStatus.CONNECTING) {
                metrics.connection(
                        ConnectionStatus.CONNECTED, null, access.clock().millis());
            }
        } catch (Exception | Error e) {
            if (opened != null) {
                close(opened);
            }
            opening.close();
            throw e instanceof Error error ? failure(error) : (Exception) e;
        }
    }

    private <C> Sink open(SinkFactory<C> plugin, InstanceContext opening) throws Exception {
        return plugin.open(ConfigType.of(plugin.configType()).proxy(resolved.properties()), opening);
    }

    private <C> SinkBatch.Encoding encoding(CodecFactory<C> codec, Resolved<SinkFactory<?>> by) {
        return new SinkBatch.Encoding(
                codec.encoder(ConfigType.of(codec.configType()).proxy(by.properties())),
                options.sendSingle(),
                options.dataTemplate().isEmpty()
                        ? null
                        : new MessageTemplate(options.dataTemplate(), options.sendSingle()),
                Compression.of(options.compression()),
                new EncodedMessages());
    }

    synchronized void write(Results results) throws Exception {
        Sink open = sink;
        SinkBatch.Encoding how = encoding;
        if (open == null || how == null) {
            throw new IllegalStateException("closed");
        }
        try {
            open.write(new SinkBatch(results, how));
            if (!checkpoints && open instanceof TransactionalSink transactional) {
                // nobody else will say when to publish
                transactional.prepare(++published);
                transactional.commit(published);
            }
        } catch (Error e) {
            throw failure(e);
        }
    }

    synchronized void reach(Marker marker) throws Exception {
        Sink open = sink;
        if (open == null || marker.kind() == Marker.Kind.TAKEN) {
            return;
        }
        try {
            if (open instanceof TransactionalSink transactional) {
                if (marker.kind() == Marker.Kind.COMMIT) {
                    transactional.commit(marker.checkpointId());
                } else {
                    transactional.prepare(marker.checkpointId());
                    prepared = marker.checkpointId();
                }
            } else if (marker.kind() == Marker.Kind.DURABLE) {
                open.flush();
            }
        } catch (Error e) {
            throw failure(e);
        }
    }

    private VarunaException failure(Error error) {
        return new VarunaException(
                StandardError.INTERNAL_ERROR,
                "Sink '" + resolved.plugin().type() + "' of plugin '"
                        + resolved.plugin().plugin() + "' broke down: " + error,
                error);
    }

    synchronized void close() {
        Sink open = sink;
        sink = null;
        if (open != null) {
            close(open);
        }
        if (context != null) {
            context.close();
            context = null;
        }
    }

    private void close(Sink open) {
        try {
            open.close();
        } catch (Exception | Error e) {
            LOGGER.warn(
                    "Rule '{}': sink '{}' could not be closed cleanly",
                    ruleId,
                    resolved.plugin().type(),
                    e);
        }
    }
}
