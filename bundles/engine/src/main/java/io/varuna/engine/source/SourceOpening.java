package io.varuna.engine.source;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.InstanceContext;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.plan.StreamDefinition;
import java.time.Duration;

/** Opens what reads a stream, each time from where it was. */
final class SourceOpening {
    private final StreamDefinition stream;
    private final String ownerId;
    private final Readers readers;
    private final StepMetrics metrics;

    SourceOpening(StreamDefinition stream, String ownerId, Readers readers, StepMetrics metrics) {
        this.stream = stream;
        this.ownerId = ownerId;
        this.readers = readers;
        this.metrics = metrics;
    }

    /** What was opened, with what it was given. */
    record Opened(Source source, InstanceContext context) {}

    /** Opens a source; if that fails, nothing is left of it. */
    Opened open(Resolved<SourceFactory<?>> by, PluginAccess through) throws Exception {
        InstanceContext context = new InstanceContext(
                new InstanceContext.Owner(
                        ownerId,
                        stream.name(),
                        stream.options().dataSource(),
                        "",
                        readers.positions().latest()),
                by.plugin().type(),
                by.properties(),
                through,
                metrics,
                stream.schema());
        try {
            return new Opened(open(by.plugin().factory(), by, context), context);
        } catch (Exception | Error e) {
            context.close();
            throw e;
        }
    }

    private static <C> Source open(SourceFactory<C> plugin, Resolved<SourceFactory<?>> by, InstanceContext context)
            throws Exception {
        return plugin.open(ConfigType.of(plugin.configType()).proxy(by.properties()), context);
    }

    /** Opens a successor while a source is kept from emitting, so that it goes on from the very place. */
    Opened openBeside(OpenSource old, Resolved<SourceFactory<?>> next, PluginAccess through, Duration patience)
            throws Exception {
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
            return open(next, through);
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
