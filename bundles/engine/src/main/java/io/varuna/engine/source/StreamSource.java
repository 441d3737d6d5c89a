package io.varuna.engine.source;

import io.varuna.api.error.ErrorKind;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.Position;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.InstanceContext;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.Backoff;
import io.varuna.engine.time.EngineTime;
import io.varuna.plan.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running source of a stream: of one rule, or of all that read a shared stream. Thread-safe. */
public final class StreamSource implements BatchCollector.Owner {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamSource.class);

    private final StreamDefinition stream;
    private final Resolved<SourceFactory<?>> resolved;
    private final String ownerId;
    private final PluginAccess access;
    private final EngineTime time;
    private final StepMetrics metrics;
    private final PositionLog positions;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Backoff backoff = new Backoff();
    private final Object lock = new Object();
    private volatile BatchCollector.Audience audience;
    private @Nullable Alarm retry;
    private @Nullable InstanceContext context;
    private @Nullable Source source;
    private @Nullable SourceDriver driver;
    private boolean begun;
    private boolean closed;
    private boolean ended;

    /**
     * Creates the source; it is opened later.
     *
     * @param ownerId the rule, or the stream if it is shared
     * @param restored where to read on from
     */
    public StreamSource(
            StreamDefinition stream,
            Resolved<SourceFactory<?>> resolved,
            String ownerId,
            PluginAccess access,
            EngineTime time,
            Collection<Position> restored) {
        this.stream = stream;
        this.resolved = resolved;
        this.ownerId = ownerId;
        this.access = access;
        this.time = time;
        this.metrics = new StepMetrics("source_" + stream.name() + "_0", true);
        this.positions = new PositionLog(restored);
        this.audience = audience(List.of());
    }

    /** Returns what is wrong with the properties that the engine itself looks at, or empty. */
    public static Optional<String> problem(Resolved<SourceFactory<?>> resolved) {
        try {
            decompression(resolved);
            return Optional.empty();
        } catch (VarunaException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static Decompression decompression(Resolved<SourceFactory<?>> resolved) {
        Object name = resolved.properties().get("decompression");
        return (name == null || resolved.takes("decompression")) ? Decompression.NONE : Decompression.of(name);
    }

    public StepMetrics metrics() {
        return metrics;
    }

    public Resolved<SourceFactory<?>> resolved() {
        return resolved;
    }

    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** Lets a rule read from the next record on. */
    public void subscribe(Subscriber subscriber) {
        synchronized (lock) {
            List<Subscriber> subscribers = new ArrayList<>(audience.subscribers());
            subscribers.add(subscriber);
            positions.join(subscriber);
            audience = audience(subscribers);
        }
    }

    /** Lets a rule read no more; returns how many are left. A batch may still be on its way. */
    public int unsubscribe(Subscriber subscriber) {
        synchronized (lock) {
            List<Subscriber> subscribers = new ArrayList<>(audience.subscribers());
            subscribers.remove(subscriber);
            positions.leave(subscriber);
            audience = audience(subscribers);
            return subscribers.size();
        }
    }

    private BatchCollector.Audience audience(List<Subscriber> subscribers) {
        Wanted wanted = new Wanted(Map.of(), false);
        for (Subscriber subscriber : subscribers) {
            wanted = wanted.and(subscriber.wanted());
        }
        return new BatchCollector.Audience(new Layout(stream, wanted, access.clock()), subscribers);
    }

    @Override
    public BatchCollector.Audience audience() {
        return audience;
    }

    @Override
    public long next(Map<String, Position> batch) {
        return positions.add(batch);
    }

    /** Notes that batches up to a number are safe for a rule, and tells the source what is safe for all. */
    public void committed(Subscriber subscriber, long sequence) {
        Collection<Position> safe = positions.commit(subscriber, sequence);
        Source open;
        synchronized (lock) {
            open = source;
        }
        if (open == null) {
            return;
        }
        synchronized (positions) {
            for (Position position : safe) {
                try {
                    open.committed(position);
                } catch (Exception | Error e) {
                    metrics.failed(e instanceof Exception exception ? exception : broken((Error) e), now());
                }
            }
        }
    }

    /** Begins to open the source; goes on until it succeeds. Again: does nothing. */
    public void open() {
        synchronized (lock) {
            if (begun) {
                return;
            }
            begun = true;
        }
        time.execute(this::tryToOpen);
    }

    private void tryToOpen() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            retry = null;
        }
        metrics.connection(ConnectionStatus.CONNECTING, null, now());
        InstanceContext opening = new InstanceContext(
                new InstanceContext.Owner(
                        ownerId, stream.name(), stream.options().dataSource(), "", positions.latest()),
                resolved.plugin().type(),
                resolved.properties(),
                access,
                metrics,
                stream.schema());
        try {
            start(open(resolved.plugin().factory(), opening), opening);
        } catch (Exception | Error e) {
            opening.close();
            failed(e instanceof Exception exception ? exception : broken((Error) e));
        }
    }

    private <C> Source open(SourceFactory<C> plugin, InstanceContext opening) throws Exception {
        return plugin.open(ConfigType.of(plugin.configType()).proxy(resolved.properties()), opening);
    }

    private void start(Source opened, InstanceContext opening) throws Exception {
        BatchCollector collector = new BatchCollector(
                this, resolved.codec().factory(), resolved.properties(), decompression(resolved), metrics, time);
        SourceDriver starting = new SourceDriver(opened, collector, time, metrics, new Events());
        synchronized (lock) {
            if (!closed) {
                source = opened;
                context = opening;
                driver = starting;
            }
        }
        if (isClosed()) {
            starting.close();
            opening.close();
            return;
        }
        try {
            starting.start(stream.name());
        } catch (Exception | Error e) {
            forget();
            starting.close();
            throw e;
        }
        if (metrics.connection() == ConnectionStatus.CONNECTING) {
            metrics.connection(ConnectionStatus.CONNECTED, null, now());
        }
        backoff.reset();
        ready.complete(null);
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private void forget() {
        synchronized (lock) {
            source = null;
            context = null;
            driver = null;
        }
    }

    private void failed(Exception cause) {
        metrics.failed(cause, now());
        if (cause instanceof VarunaException failure
                && (failure.code().kind() == ErrorKind.USER || failure.code().kind() == ErrorKind.CONFIGURATION)) {
            audience.subscribers().forEach(subscriber -> subscriber.unusable(cause));
            return;
        }
        metrics.connection(ConnectionStatus.DISCONNECTED, cause.getMessage(), now());
        synchronized (lock) {
            if (!closed) {
                retry = time.schedule(time.clock().instant().plus(backoff.next()), this::tryToOpen);
            }
        }
    }

    private VarunaException broken(Error error) {
        return new VarunaException(
                StandardError.SOURCE_FAILED,
                "Source '" + resolved.plugin().type() + "' of plugin '"
                        + resolved.plugin().plugin() + "' broke down: " + error,
                error);
    }

    private long now() {
        return time.clock().millis();
    }

    @Override
    public void endedBySource() {
        synchronized (lock) {
            if (ended || closed) {
                return;
            }
            ended = true;
        }
        audience.subscribers().forEach(Subscriber::ended);
    }

    /** What a running source tells. */
    private final class Events implements SourceDriver.Events {
        @Override
        public void ended() {
            endedBySource();
        }

        @Override
        public void broken(Throwable cause) {
            InstanceContext used;
            SourceDriver broken;
            synchronized (lock) {
                used = context;
                broken = driver;
            }
            forget();
            if (broken != null) {
                broken.close();
            }
            if (used != null) {
                used.close();
            }
            failed(cause instanceof Exception exception ? exception : StreamSource.this.broken((Error) cause));
        }
    }

    /** Ends reading. When it returns, nothing is emitted any more. */
    public void close() {
        SourceDriver open;
        InstanceContext used;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            if (retry != null) {
                retry.cancel();
            }
            open = driver;
            used = context;
        }
        if (open != null) {
            open.close();
        }
        synchronized (lock) {
            source = null;
        }
        if (used != null) {
            used.close();
        }
        LOGGER.debug("Source of stream '{}' is closed", stream.name());
    }
}
