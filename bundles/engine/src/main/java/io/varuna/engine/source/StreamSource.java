package io.varuna.engine.source;

import io.varuna.api.error.ErrorKind;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceFactory;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.Decompression;
import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.time.Alarm;
import io.varuna.engine.time.Backoff;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Busy;
import io.varuna.plan.StreamDefinition;
import java.time.Duration;
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
    private static final Duration BACK_PATIENCE = Duration.ofSeconds(1);

    private final StreamDefinition stream;
    private final EngineTime time;
    private final StepMetrics metrics;
    private final Readers readers;
    private final SourceOpening opening;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Backoff backoff = new Backoff();
    private final Object lock = new Object();
    private volatile Resolved<SourceFactory<?>> resolved;
    private volatile PluginAccess access;
    private final Busy work = new Busy();
    private final List<LeftBatch> leftBatches = new ArrayList<>();
    private @Nullable Former former;
    private @Nullable String trouble;
    private @Nullable Alarm retry;
    private @Nullable OpenSource open;
    private boolean begun;
    private boolean closed;
    private boolean ended;

    /** What was used before the last move. */
    private record Former(Resolved<SourceFactory<?>> resolved, PluginAccess access, ConnectionStatus status) {}

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
        this.access = access;
        this.time = time;
        this.metrics = new StepMetrics("source_" + stream.name() + "_0", true);
        this.readers = new Readers(stream, restored, reading());
        this.opening = new SourceOpening(stream, ownerId, readers, metrics, time, work);
    }

    /** Returns what is wrong with the properties that the engine itself looks at, or empty. */
    public static Optional<String> problem(Resolved<SourceFactory<?>> resolved) {
        try {
            Object unused = Decompression.of(resolved);
            return Optional.empty();
        } catch (VarunaException e) {
            return Optional.ofNullable(e.getMessage());
        }
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
            readers.add(subscriber, reading());
        }
    }

    /** Lets a rule read no more; returns how many are left. A batch may still be on its way. */
    public int unsubscribe(Subscriber subscriber) {
        int left;
        List<LeftBatch> underWay;
        synchronized (lock) {
            left = readers.remove(subscriber, reading());
            underWay = List.copyOf(leftBatches);
        }
        underWay.forEach(batch -> batch.leave(subscriber));
        return left;
    }

    private Readers.Reading reading() {
        Former before = former;
        return new Readers.Reading(resolved, before == null ? null : before.resolved, access.clock());
    }

    private void renewAudience() {
        synchronized (lock) {
            readers.renew(reading());
        }
    }

    @Override
    public BatchCollector.Audience audience() {
        return readers.audience();
    }

    @Override
    public long next(Map<String, Position> batch) {
        return readers.positions().add(batch);
    }

    /** Notes that batches up to a number are safe for a rule, and tells the source what is safe for all. */
    public void committed(Subscriber subscriber, long sequence) {
        Collection<Position> safe = readers.positions().commit(subscriber, sequence);
        OpenSource current = current();
        if (current != null) {
            current.committed(safe, cause -> metrics.failed(failure(cause), now()));
        }
    }

    private Exception failure(Throwable cause) {
        if (cause instanceof Exception exception) {
            return exception;
        }
        return new VarunaException(
                StandardError.SOURCE_FAILED,
                "Source '" + resolved.plugin().type() + "' of plugin '"
                        + resolved.plugin().plugin() + "' broke down: " + cause,
                cause);
    }

    private @Nullable OpenSource current() {
        synchronized (lock) {
            return open;
        }
    }

    /** Takes away the open source, for the caller to close. */
    private @Nullable OpenSource takeAway() {
        synchronized (lock) {
            OpenSource taken = open;
            open = null;
            return taken;
        }
    }

    /** Returns who of the plugin has not come back from opening or from a poll, by the system's nano clock. */
    public Optional<Busy.Overrun> overrun(long now, Duration budget) {
        return work.overrun(now, budget);
    }

    /** Begins anew with another instance, because something keeps the thread of the present one. */
    public void renew() {
        OpenSource kept = takeAway();
        if (kept == null) {
            return;
        }
        LOGGER.warn("Source of stream '{}' begins anew: a rule or codec has kept it from reading", stream.name());
        Optional<LeftBatch> left = kept.driver().abandon();
        // it may not come back from being closed, either
        time.execute(kept::close);
        if (left.isEmpty()) {
            time.execute(this::tryToOpen);
            return;
        }
        LeftBatch batch = left.get();
        synchronized (lock) {
            leftBatches.add(batch);
        }
        // what is read next comes after it
        batch.deliver(time, () -> {
            synchronized (lock) {
                leftBatches.remove(batch);
            }
            time.execute(this::tryToOpen);
        });
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
        Resolved<SourceFactory<?>> by;
        PluginAccess through;
        synchronized (lock) {
            if (closed || open != null) {
                return;
            }
            retry = null;
            by = resolved;
            through = access;
        }
        metrics.connection(ConnectionStatus.CONNECTING, null, now());
        SourceOpening.Opened opened = null;
        try {
            opened = opening.open(by, through);
            start(opened);
        } catch (Exception | Error e) {
            if (opened != null) {
                opened.context().close();
            }
            if (isOutrun(by)) {
                // how the former plugin gets on is not held against its successor
                LOGGER.debug("Source of stream '{}' was moved while it failed to open", stream.name(), e);
                time.execute(this::tryToOpen);
                return;
            }
            failed(failure(e));
        }
    }

    /** Tells whether the stream was moved to another plugin since an attempt to open it began. */
    private boolean isOutrun(Resolved<SourceFactory<?>> by) {
        return !by.samePluginAs(resolved);
    }

    private void start(SourceOpening.Opened opened) throws Exception {
        BatchCollector collector = new BatchCollector(this, opened.decompression(), metrics, time, work);
        OpenSource starting = new OpenSource(
                opened.source(),
                new SourceDriver(opened.source(), collector, time, metrics, work, new Events()),
                opened.context());
        boolean taken;
        synchronized (lock) {
            // what happened meanwhile: an end, a move to another plugin, another attempt
            taken = !closed && open == null && !isOutrun(opened.by());
            if (taken) {
                open = starting;
            }
        }
        if (!taken) {
            starting.close();
            time.execute(this::tryToOpen);
            return;
        }
        try {
            starting.driver().start(stream.name());
        } catch (Exception | Error e) {
            takeAway();
            starting.driver().close();
            throw e;
        }
        if (!opened.context().reports()) {
            metrics.connection(ConnectionStatus.CONNECTED, null, now());
        }
        backoff.reset();
        ready.complete(null);
    }

    private void failed(Exception cause) {
        metrics.failed(cause, now());
        noteTrouble("does not go on: " + cause.getMessage());
        if (cause instanceof VarunaException failure
                && (failure.code().kind() == ErrorKind.USER || failure.code().kind() == ErrorKind.CONFIGURATION)) {
            readers.forEach(subscriber -> subscriber.unusable(cause));
            return;
        }
        metrics.connection(ConnectionStatus.DISCONNECTED, cause.getMessage(), now());
        synchronized (lock) {
            if (!closed) {
                retry = time.schedule(time.clock().instant().plus(backoff.next()), this::tryToOpen);
            }
        }
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
        readers.forEach(Subscriber::ended);
    }

    /** What a running source tells. */
    private final class Events implements SourceDriver.Events {
        @Override
        public void ended() {
            endedBySource();
        }

        @Override
        public void broken(Throwable cause) {
            OpenSource broken = takeAway();
            if (broken != null) {
                broken.close();
            }
            failed(failure(cause));
        }

        @Override
        public void pollFailed(Exception cause) {
            noteTrouble("cannot be polled: " + cause.getMessage());
        }
    }

    private void noteTrouble(String what) {
        synchronized (lock) {
            if (former != null && trouble == null) {
                trouble = what;
            }
        }
    }

    @Override
    public void codecFailed(Exception cause) {
        noteTrouble("its codec does not read: " + cause.getMessage());
        Former before;
        synchronized (lock) {
            before = former;
        }
        // where the plugin has changed as well, whoever moved it takes it back
        if (before != null && resolved.samePluginAs(before.resolved)) {
            use(before.resolved, before.access, null);
        }
    }

    /**
     * Lets another plugin, or another codec, go on from where the source is.
     *
     * @param patience how long it may take until nothing is under way
     * @return for how long nothing could be read, in nanoseconds
     * @throws Exception if that is not possible; the source goes on as before then
     */
    public long move(Resolved<SourceFactory<?>> next, PluginAccess through, Duration patience) throws Exception {
        Former before = new Former(resolved, access, metrics.connection());
        if (resolved.sameAs(next)) {
            // another rule of a shared stream was first
            return 0;
        }
        OpenSource old = current();
        if (old == null || resolved.samePluginAs(next)) {
            // not open: the next attempt is with the other one
            use(next, through, before);
            return 0;
        }
        long start = System.nanoTime();
        SourceOpening.Opened opened = opening.openBeside(old, next, through, patience);
        use(next, through, before);
        takeAway();
        old.giveWay();
        try {
            start(opened);
        } catch (Exception | Error e) {
            opened.context().close();
            use(before.resolved, before.access, null);
            tryToOpen();
            throw e;
        }
        return System.nanoTime() - start;
    }

    private void use(Resolved<SourceFactory<?>> other, PluginAccess through, @Nullable Former before) {
        synchronized (lock) {
            resolved = other;
            access = through;
            former = before;
            if (before != null) {
                trouble = null;
            }
        }
        renewAudience();
    }

    /** Returns to what was used before the last move, if that is known. */
    public void back() {
        Former before;
        Resolved<SourceFactory<?>> failed = resolved;
        synchronized (lock) {
            before = former;
            former = null;
        }
        if (before == null) {
            return;
        }
        if (failed.samePluginAs(before.resolved)) {
            use(before.resolved, before.access, null);
            return;
        }
        try {
            move(before.resolved, before.access, BACK_PATIENCE);
            settle();
        } catch (Exception e) {
            LOGGER.debug("Source of stream '{}' returns to the former plugin the hard way", stream.name(), e);
            replace(before);
        }
    }

    /** Returns who has been at a payload with a codec that is on trial for longer than {@code budget}. */
    public Optional<Busy.Overrun> decoding(Duration budget) {
        OpenSource open = current();
        return open == null ? Optional.empty() : open.driver().collector().decoding(budget);
    }

    /** Interrupts who is at a payload with a codec that is on trial. */
    public void nudge(Busy.Overrun overrun) {
        OpenSource open = current();
        if (open != null) {
            open.driver().collector().nudge(overrun);
        }
    }

    /** Returns to what was used before the last move with another instance, as a codec keeps the present one. */
    public void giveUp() {
        Former before;
        synchronized (lock) {
            before = former;
            former = null;
        }
        if (before != null) {
            use(before.resolved, before.access, null);
            renew();
        }
    }

    private void replace(Former before) {
        synchronized (lock) {
            if (retry != null) {
                retry.cancel();
            }
        }
        OpenSource failed = takeAway();
        if (failed != null) {
            failed.close();
        }
        use(before.resolved, before.access, null);
        tryToOpen();
    }

    /** Does without what was used before the last move. */
    public void settle() {
        synchronized (lock) {
            former = null;
        }
        renewAudience();
    }

    /** Returns what went wrong since the last move, if something did. */
    public Optional<String> trouble() {
        synchronized (lock) {
            Former before = former;
            boolean lost = before != null
                    && before.status == ConnectionStatus.CONNECTED
                    && metrics.connection() == ConnectionStatus.DISCONNECTED;
            return trouble == null && lost ? Optional.of("lost its connection") : Optional.ofNullable(trouble);
        }
    }

    /** Ends reading. When it returns, nothing is emitted any more. */
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            if (retry != null) {
                retry.cancel();
            }
        }
        OpenSource last = current();
        if (last != null) {
            last.close();
            takeAway();
        }
        LOGGER.debug("Source of stream '{}' is closed", stream.name());
    }
}
