package io.varuna.engine.source;

import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.InstanceContext;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Busy;
import io.varuna.plan.StreamDefinition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens what reads a stream, each time from where it was. */
final class SourceOpening {
    /** Nothing is read meanwhile. */
    private static final Duration SUCCESSOR_LIMIT = Duration.ofSeconds(10);

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
        work.begin();
        try {
            return new Opened(open(by.plugin().factory(), by, context), context);
        } catch (Exception | Error e) {
            context.close();
            throw e;
        } finally {
            work.end();
        }
    }

    /** The same for a successor, which may keep a thread of its own but not the source that it is to succeed. */
    private Opened openSuccessor(Resolved<SourceFactory<?>> by, PluginAccess through) throws Exception {
        if (!time.waits()) {
            return open(by, through);
        }
        CompletableFuture<Opened> opening = new CompletableFuture<>();
        time.execute(() -> {
            try {
                Opened opened = open(by, through);
                if (!opening.complete(opened)) {
                    // nobody waits for it any more
                    opened.source().close();
                    opened.context().close();
                }
            } catch (Exception | Error e) {
                opening.completeExceptionally(e);
            }
        });
        try {
            return opening.get(SUCCESSOR_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw PluginFailure.asException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            if (opening.cancel(false)) {
                throw new VarunaException(
                        StandardError.PLUGIN_HANGS, "it did not open within " + SUCCESSOR_LIMIT.toSeconds() + " s", e);
            }
            return opening.get();
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
            return openSuccessor(next, through);
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
