package io.varuna.engine.source;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.Decompression;
import io.varuna.engine.plugin.InstanceContext;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.source.SourceChoice.Used;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Busy;
import io.varuna.engine.watch.Successors;
import io.varuna.plan.StreamDefinition;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what reads a stream, each time from where it was. */
final class SourceOpening {
    private static final Logger LOGGER = LoggerFactory.getLogger(SourceOpening.class);

    private final StreamDefinition stream;
    private final String ownerId;
    private final Readers readers;
    private final StepMetrics metrics;
    private final EngineTime time;
    private final Busy work;

    /**
     * Creates it.
     *
     * @param work notes when a plugin is at work
     */
    SourceOpening(
            StreamDefinition stream, String ownerId, Readers readers, StepMetrics metrics, EngineTime time, Busy work) {
        this.stream = stream;
        this.ownerId = ownerId;
        this.readers = readers;
        this.metrics = metrics;
        this.time = time;
        this.work = work;
    }

    /** What was opened, by what, with what it was given. */
    record Opened(Used by, Source source, InstanceContext context, Decompression decompression) {}

    /** Opens a source; if that fails, nothing is left of it. */
    Opened open(Used used) throws Exception {
        Resolved<SourceFactory<?>> by = used.resolved();
        Decompression decompression = Decompression.of(by);
        InstanceContext context = new InstanceContext(
                new InstanceContext.Owner(
                        ownerId,
                        stream.name(),
                        stream.options().dataSource(),
                        readers.positions().latest()),
                by,
                used.access(),
                metrics,
                stream.schema());
        work.begin();
        try {
            return new Opened(used, open(by.plugin().factory(), by, context), context, decompression);
        } catch (Exception | Error e) {
            context.close();
            throw e;
        } finally {
            work.end();
        }
    }

    private static <C> Source open(SourceFactory<C> plugin, Resolved<SourceFactory<?>> by, InstanceContext context)
            throws Exception {
        return plugin.open(ConfigType.of(plugin.configType()).proxy(by.properties()), context);
    }

    private static void close(Opened late) {
        try {
            late.source().close();
        } catch (Exception | Error e) {
            LOGGER.warn("A source that opened too late could not be closed cleanly", e);
        }
        late.context().close();
    }

    /** Opens a successor while a source is kept from emitting, so that it goes on from the very place. */
    Opened openBeside(OpenSource old, Used next, Duration patience) throws Exception {
        if (!old.driver().pause(patience)) {
            throw busy();
        }
        try {
            // nothing that the old one emitted must be left for the new one to acknowledge
            for (Subscriber subscriber : readers.audience().subscribers()) {
                if (!subscriber.commitNow(patience)) {
                    throw busy();
                }
            }
            return new Successors(time).open(() -> open(next), SourceOpening::close);
        } catch (Exception | Error e) {
            old.driver().resume();
            throw e;
        }
    }

    private static VarunaException busy() {
        return new VarunaException(
                StandardError.SOURCE_FAILED, "the sinks do not take what was read, so it cannot be exchanged now");
    }
}
