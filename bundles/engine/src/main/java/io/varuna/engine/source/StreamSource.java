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
import io.varuna.engine.plugin.ProvidedPlugin;
import io.varuna.engine.plugin.Resolver.Resolved;
import io.varuna.engine.source.SourceChoice.Used;
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
    private final SourceChoice choice;
    private final Busy work = new Busy();
    private final List<LeftBatch> leftBatches = new ArrayList<>();
    private @Nullable Alarm retry;
    private @Nullable OpenSource open;
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
        this.choice = new SourceChoice(new Used(resolved, access));
        this.time = time;
        this.metrics = new StepMetrics("source_" + stream.name() + "_0", true);
        this.readers = new Readers(stream, restored, choice.reading());
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
        return choice.now().resolved();
    }

    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** Lets a rule read from the next record on. */
    public void subscribe(Subscriber subscriber) {
        synchronized (lock) {
            readers.add(subscriber, choice.reading());
        }
    }

    /** Lets a rule read no more; returns how many are left. A batch may still be on its way. */
    public int unsubscribe(Subscriber subscriber) {
        int left;
        List<LeftBatch> underWay;
        synchronized (lock) {
            left = readers.remove(subscriber, choice.reading());
            underWay = List.copyOf(leftBatches);
        }
        underWay.forEach(batch -> batch.leave(subscriber));
        return left;
    }

    private void renewAudience() {
        synchronized (lock) {
            readers.renew(choice.reading());
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
        ProvidedPlugin<?> plugin = resolved().plugin();
        return new VarunaException(
                StandardError.SOURCE_FAILED,
                "Source '" + plugin.type() + "' of plugin '" + plugin.plugin() + "' broke down: " + cause,
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
        synchronized (lock) {
            if (closed || open != null) {
                return;
            }
            retry = null;
        }
        Used by = choice.now();
        metrics.connection(ConnectionStatus.CONNECTING, null, now());
        SourceOpening.Opened opened = null;
        try {
            opened = opening.open(by);
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
    private boolean isOutrun(Used by) {
        return !by.samePluginAs(choice.now());
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
        choice.noteTrouble("does not go on: " + cause.getMessage());
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
            choice.noteTrouble("cannot be polled: " + cause.getMessage());
        }
    }

    @Override
    public void codecFailed(Exception cause) {
        choice.noteTrouble("its codec does not read: " + cause.getMessage());
        if (choice.returnToCodec()) {
            renewAudience();
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
        Used before = choice.now();
        ConnectionStatus status = metrics.connection();
        if (before.resolved().sameAs(next)) {
            // another rule of a shared stream was first
            return 0;
        }
        Used wanted = new Used(next, through);
        OpenSource old = current();
        if (old == null || before.samePluginAs(wanted)) {
            // not open: the next attempt is with the other one
            tryOut(wanted, status);
            return 0;
        }
        long start = System.nanoTime();
        SourceOpening.Opened opened = opening.openBeside(old, wanted, patience);
        tryOut(wanted, status);
        takeAway();
        old.giveWay();
        try {
            start(opened);
        } catch (Exception | Error e) {
            opened.context().close();
            use(before);
            tryToOpen();
            throw e;
        }
        return System.nanoTime() - start;
    }

    private void tryOut(Used next, ConnectionStatus status) {
        choice.tryOut(next, status);
        renewAudience();
    }

    private void use(Used other) {
        choice.use(other);
        renewAudience();
    }

    /** Returns to what was used before the last move, if that is known. */
    public void back() {
        choice.takeFormer().ifPresent(this::returnTo);
    }

    private void returnTo(Used before) {
        if (before.samePluginAs(choice.now())) {
            use(before);
            return;
        }
        try {
            move(before.resolved(), before.access(), BACK_PATIENCE);
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
        choice.takeFormer().ifPresent(before -> {
            use(before);
            renew();
        });
    }

    private void replace(Used before) {
        synchronized (lock) {
            if (retry != null) {
                retry.cancel();
            }
        }
        OpenSource failed = takeAway();
        if (failed != null) {
            failed.close();
        }
        use(before);
        tryToOpen();
    }

    /** Does without what was used before the last move. */
    public void settle() {
        choice.settle();
        renewAudience();
    }

    /** Returns what went wrong since the last move, if something did. */
    public Optional<String> trouble() {
        return choice.trouble(metrics.connection());
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
