package io.varuna.engine.source;

import io.varuna.api.codec.ColumnDecoder;
import io.varuna.api.codec.Decoder;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Payloads;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import io.varuna.engine.data.RecordColumns;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.Decompression;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.time.EngineTime;
import io.varuna.engine.watch.Busy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a source puts its records: decodes them for all rules at once and passes them on in batches. One thread at a time,
 * except where said otherwise.
 */
final class BatchCollector implements SourceOutput {
    private static final int MOST_ROWS = 256;

    /** With many rules, what a rule costs however small the batch is weighs more than what does not fit the cache. */
    private static final int MOST_ROWS_FOR_MANY = 1_024;

    private static final int MANY_RULES = 16;
    private static final int SAME_TIME = 16;
    private static final int LONGEST_RAW = 2_000;

    private final Owner owner;
    private final ReentrantLock gate = new ReentrantLock();
    private final Decompression decompression;
    private final StepMetrics metrics;
    private final EngineTime time;
    private final Busy work;
    private final RecordColumns records = new RecordColumns(MOST_ROWS);
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private long now;
    private int uncounted;
    private int mostRows = MOST_ROWS;
    private @Nullable Audience audience;
    private @Nullable Decoder decoder;
    private final Busy trial = new Busy();
    /** Whether the thread that decodes was interrupted, though it is to go on afterwards. */
    private volatile boolean nudged;

    private volatile boolean stopped;
    private volatile boolean retired;
    /** Guards what follows, and what a batch under way is made of while it is copied. */
    private final Object handing = new Object();

    private @Nullable SourceBatch underWay;
    private List<Subscriber> left = List.of();
    private boolean abandoned;

    /**
     * Who reads the records, and how they are read and laid out for all of them. Immutable.
     *
     * @param former reads payloads that the codec does not read, while it is on trial; otherwise null
     */
    record Audience(Layout layout, List<Subscriber> subscribers, StreamCodec codec, @Nullable StreamCodec former) {
        Audience {
            subscribers = List.copyOf(subscribers);
        }
    }

    /** What the collector belongs to. */
    interface Owner {
        Audience audience();

        long next(Map<String, Position> positions);

        /** A codec that is on trial does not read what the former one reads. */
        void codecFailed(Exception cause);

        void endedBySource();
    }

    /**
     * Creates it.
     *
     * @param work notes when the plugin is at work, which it is not while rules are
     */
    BatchCollector(Owner owner, Decompression decompression, StepMetrics metrics, EngineTime time, Busy work) {
        this.owner = owner;
        this.decompression = decompression;
        this.metrics = metrics;
        this.time = time;
        this.work = work;
    }

    @Override
    @SuppressWarnings("NullAway") // it does not see annotations within types of other bundles
    public void emit(ByteBuffer payload, Map<String, @Nullable Object> about, @Nullable Position position)
            throws InterruptedException {
        gate.lockInterruptibly();
        try {
            Audience current = owner.audience();
            prepare(current, position != null);
            arrived(about);
            read(payload, current);
            at(position, false);
        } finally {
            gate.unlock();
        }
    }

    @Override
    @SuppressWarnings({"NullAway", "ReferenceEquality"
    }) // as for the others; a change of the audience makes a new object
    public void emit(Payloads payloads) throws InterruptedException {
        gate.lockInterruptibly();
        int size = payloads.size();
        int next = 0;
        int noted = 0;
        try {
            while (next < size) {
                Audience current = owner.audience();
                if (current != audience && next > noted) {
                    note(payloads.position(next - 1));
                    noted = next;
                }
                prepare(current, retired && payloads.position(next) != null);
                arrived(payloads.metadata(next));
                read(payloads.payload(next), current);
                next++;
                if (next == size || records.size() >= mostRows) {
                    noted = next;
                    at(payloads.position(next - 1), next < size);
                }
            }
        } finally {
            if (next > noted) {
                // the source is stopped, but what was taken before counts
                note(payloads.position(next - 1));
            }
            gate.unlock();
        }
    }

    private void read(ByteBuffer payload, Audience current) {
        int from = payload.position();
        try {
            decode(payload, current);
        } catch (Exception | Error e) {
            reject(
                    e instanceof StackOverflowError ? tooDeep() : PluginFailure.asException(e),
                    payload.duplicate().position(from));
        }
    }

    private void decode(ByteBuffer payload, Audience current) throws Exception {
        Decoder open = decoder;
        if (open == null) {
            open = current.codec.decoder(current.layout);
            decoder = open;
        }
        ByteBuffer plain = decompression.apply(payload);
        if (current.former == null) {
            decode(open, plain);
            return;
        }
        ByteBuffer again = plain.slice();
        try {
            decodeOnTrial(open, plain);
        } catch (Exception | Error e) {
            decode(current.former.decoder(current.layout), again);
            if (!stopped) {
                owner.codecFailed(PluginFailure.asException(e));
            }
        }
    }

    private void decodeOnTrial(Decoder by, ByteBuffer plain) throws Exception {
        trial.begin();
        try {
            decode(by, plain);
        } finally {
            trial.end();
            if (nudged) {
                nudged = false;
                boolean unused = Thread.interrupted();
            }
        }
    }

    /** Returns who has been at a payload with a codec that is on trial for longer than {@code budget}. From any thread. */
    Optional<Busy.Overrun> decoding(Duration budget) {
        return trial.overrun(System.nanoTime(), budget);
    }

    /** Interrupts who is at a payload with a codec that is on trial; the source goes on if that helps. From any thread. */
    void nudge(Busy.Overrun overrun) {
        nudged = true;
        overrun.thread().interrupt();
    }

    private void decode(Decoder by, ByteBuffer plain) throws Exception {
        int before = records.size();
        try {
            if (by instanceof ColumnDecoder columns) {
                columns.decode(plain, records);
            } else {
                by.decode(plain, records::add);
            }
        } catch (Exception | Error e) {
            records.truncate(before);
            throw e;
        }
    }

    private static VarunaException tooDeep() {
        return new VarunaException(StandardError.MALFORMED_RECORD, "The record is nested too deeply");
    }

    @Override
    @SuppressWarnings("NullAway") // it does not see annotations within types of other bundles
    public void emit(
            Map<String, @Nullable Object> row, Map<String, @Nullable Object> about, @Nullable Position position)
            throws InterruptedException {
        gate.lockInterruptibly();
        try {
            Audience current = owner.audience();
            prepare(current, position != null);
            arrived(about);
            try {
                records.add(current.layout.fromMap(row));
            } catch (VarunaException e) {
                records.truncate(records.size());
                reject(e, ByteBuffer.wrap(row.toString().getBytes(StandardCharsets.UTF_8)));
            }
            at(position, false);
        } finally {
            gate.unlock();
        }
    }

    /** Notes that a record came. The clock is looked at for some of those that come together only. */
    private void arrived(Map<String, @Nullable Object> about) {
        if (uncounted++ % SAME_TIME == 0) {
            now = time.clock().millis();
        }
        records.arrival(now, about);
    }

    private void count() {
        if (uncounted > 0) {
            metrics.in(uncounted, now);
            uncounted = 0;
        }
    }

    private void note(@Nullable Position position) {
        if (position != null) {
            positions.put(position.partition(), position);
        }
    }

    private void at(@Nullable Position position, boolean more) throws InterruptedException {
        note(position);
        if (records.size() >= mostRows) {
            passOn(more);
        }
    }

    /** Passes on what was collected for others before the audience changes. */
    @SuppressWarnings("ReferenceEquality") // a change makes a new object
    private void prepare(Audience current, boolean hasPosition) throws InterruptedException {
        // a successor reads again what has a position
        if (stopped || (retired && hasPosition)) {
            throw new InterruptedException("The source is being closed");
        }
        if (current != audience) {
            passOn(false);
            audience = current;
            decoder = null;
            records.begin(current.layout.width(), current.layout.check());
            mostRows = current.subscribers.size() < MANY_RULES ? MOST_ROWS : MOST_ROWS_FOR_MANY;
        }
    }

    @Override
    public void flush() throws InterruptedException {
        gate.lockInterruptibly();
        try {
            passOn(false);
        } finally {
            gate.unlock();
        }
        time.settle();
    }

    private void passOn(boolean more) throws InterruptedException {
        count();
        Audience current = audience;
        if (current != null && (!records.isEmpty() || !positions.isEmpty())) {
            boolean watched = work.isAtWork();
            work.end();
            long start = System.nanoTime();
            SourceBatch batch = new SourceBatch(
                    current.layout, records.batch(), owner.next(positions), Map.copyOf(positions), more);
            try {
                metrics.out(records.size());
                List<Subscriber> subscribers = current.subscribers;
                for (int i = 0; i < subscribers.size(); i++) {
                    hand(batch, subscribers.subList(i + 1, subscribers.size()));
                    subscribers.get(i).process(batch);
                }
                metrics.processed(records.size(), System.nanoTime() - start);
            } finally {
                handed();
                if (watched) {
                    work.begin();
                }
            }
        }
    }

    /** Begins to hand a batch to a rule; {@code after} are those who get it then. */
    private void hand(SourceBatch batch, List<Subscriber> after) throws InterruptedException {
        synchronized (handing) {
            if (abandoned) {
                throw new InterruptedException("A successor reads on");
            }
            records.release();
            underWay = batch;
            left = after;
        }
    }

    private void handed() {
        synchronized (handing) {
            underWay = null;
            left = List.of();
            records.release();
            records.truncate(0);
            positions.clear();
        }
    }

    @Override
    public void reject(Exception cause, @Nullable ByteBuffer raw) {
        metrics.failed(cause, time.clock().millis());
        String text = raw == null ? "" : text(raw);
        owner.audience().subscribers.forEach(subscriber -> subscriber.rejected(cause, text));
    }

    private static String text(ByteBuffer raw) {
        byte[] bytes = new byte[Math.min(raw.remaining(), LONGEST_RAW)];
        raw.duplicate().get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void requestCommit() {
        owner.audience().subscribers.forEach(Subscriber::commitRequested);
    }

    @Override
    public void end() throws InterruptedException {
        flush();
        owner.endedBySource();
        time.settle();
    }

    /** Tells whether records would have to wait for some rule. */
    boolean congested() {
        return owner.audience().subscribers.stream().anyMatch(Subscriber::congested);
    }

    /**
     * Keeps the source from emitting, after what it has emitted was passed on; for the calling thread to {@link #resume}.
     *
     * @return false if the source could not be kept from it in time
     */
    boolean pause(Duration patience) throws InterruptedException {
        if (!gate.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            passOn(false);
            return true;
        } catch (InterruptedException | RuntimeException e) {
            gate.unlock();
            throw e;
        }
    }

    /** Lets the source emit again. */
    void resume() {
        gate.unlock();
    }

    /** Takes no more records with positions, which a successor will read. May be called from any thread. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /**
     * Keeps a batch that is under way from the rules that it has not reached, and returns it for somebody else to bring it to
     * them. May be called from any thread.
     */
    Optional<LeftBatch> abandon() {
        synchronized (handing) {
            abandoned = true;
            stopped = true;
            SourceBatch batch = underWay;
            return batch == null || left.isEmpty() ? Optional.empty() : Optional.of(new LeftBatch(batch, left));
        }
    }

    /** Makes every further record end in an InterruptedException. May be called from any thread. */
    void stop() {
        stopped = true;
    }
}
