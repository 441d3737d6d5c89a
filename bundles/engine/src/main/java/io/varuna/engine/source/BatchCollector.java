package io.varuna.engine.source;

import io.varuna.api.codec.CodecFactory;
import io.varuna.api.codec.Decoder;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.source.Position;
import io.varuna.api.source.SourceOutput;
import io.varuna.engine.data.RowBatch;
import io.varuna.engine.metric.StepMetrics;
import io.varuna.engine.plugin.ConfigType;
import io.varuna.engine.plugin.PluginFailure;
import io.varuna.engine.time.EngineTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a source puts its records: decodes them for all rules at once and passes them on in batches. One thread at a time,
 * except where said otherwise.
 */
final class BatchCollector implements SourceOutput {
    private static final int MOST_ROWS = 256;
    private static final int LONGEST_RAW = 2_000;

    private final Owner owner;
    private final CodecFactory<?> codec;
    private final Map<String, @Nullable Object> properties;
    private final Decompression decompression;
    private final StepMetrics metrics;
    private final EngineTime time;
    private final RowBatch rows = new RowBatch(MOST_ROWS);
    private final List<Map<String, @Nullable Object>> metadata = new ArrayList<>();
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private @Nullable Audience audience;
    private @Nullable Decoder decoder;
    private volatile boolean stopped;

    /** Who reads the records, and how they are laid out for all of them. Immutable. */
    record Audience(Layout layout, List<Subscriber> subscribers) {
        Audience {
            subscribers = List.copyOf(subscribers);
        }
    }

    /** What the collector belongs to. */
    interface Owner {
        Audience audience();

        long next(Map<String, Position> positions);

        void endedBySource();
    }

    BatchCollector(
            Owner owner,
            CodecFactory<?> codec,
            Map<String, @Nullable Object> properties,
            Decompression decompression,
            StepMetrics metrics,
            EngineTime time) {
        this.owner = owner;
        this.codec = codec;
        this.properties = properties;
        this.decompression = decompression;
        this.metrics = metrics;
        this.time = time;
    }

    @Override
    @SuppressWarnings("NullAway") // it does not see annotations within types of other bundles
    public void emit(ByteBuffer payload, Map<String, @Nullable Object> about, @Nullable Position position)
            throws InterruptedException {
        Audience current = prepare();
        int before = rows.size();
        long now = time.clock().millis();
        metrics.in(1, now);
        ByteBuffer raw = payload.slice();
        try {
            Decoder open = decoder;
            if (open == null) {
                open = decoder(codec, current.layout);
                decoder = open;
            }
            ByteBuffer plain = decompression.apply(payload);
            open.decode(plain, row -> {
                rows.add(current.layout.validate(row), now);
                metadata.add(about);
            });
        } catch (Exception | Error e) {
            rows.truncate(before);
            metadata.subList(before, metadata.size()).clear();
            reject(e instanceof StackOverflowError ? tooDeep() : PluginFailure.asException(e), raw);
        }
        at(position);
    }

    private static VarunaException tooDeep() {
        return new VarunaException(StandardError.MALFORMED_RECORD, "The record is nested too deeply");
    }

    private <C> Decoder decoder(CodecFactory<C> factory, Layout layout) {
        return factory.decoder(ConfigType.of(factory.configType()).proxy(properties), layout.decoded());
    }

    @Override
    @SuppressWarnings("NullAway") // it does not see annotations within types of other bundles
    public void emit(
            Map<String, @Nullable Object> row, Map<String, @Nullable Object> about, @Nullable Position position)
            throws InterruptedException {
        Audience current = prepare();
        long now = time.clock().millis();
        metrics.in(1, now);
        try {
            rows.add(current.layout.fromMap(row), now);
            metadata.add(about);
        } catch (VarunaException e) {
            reject(e, ByteBuffer.wrap(row.toString().getBytes(StandardCharsets.UTF_8)));
        }
        at(position);
    }

    private void at(@Nullable Position position) throws InterruptedException {
        if (position != null) {
            positions.put(position.partition(), position);
        }
        if (rows.size() >= MOST_ROWS) {
            flush();
        }
    }

    /** Passes on what was collected for others before the audience changes. */
    @SuppressWarnings("ReferenceEquality") // a change makes a new object
    private Audience prepare() throws InterruptedException {
        if (stopped) {
            throw new InterruptedException("The source is being closed");
        }
        Audience current = owner.audience();
        if (current != audience) {
            flush();
            audience = current;
            decoder = null;
        }
        return current;
    }

    @Override
    public void flush() throws InterruptedException {
        Audience current = audience;
        if (current != null && (!rows.isEmpty() || !positions.isEmpty())) {
            long start = System.nanoTime();
            SourceBatch batch =
                    new SourceBatch(current.layout, rows, metadata, owner.next(positions), Map.copyOf(positions));
            try {
                metrics.out(rows.size());
                for (Subscriber subscriber : current.subscribers) {
                    subscriber.process(batch);
                }
                metrics.processed(rows.size(), System.nanoTime() - start);
            } finally {
                rows.clear();
                metadata.clear();
                positions.clear();
            }
        }
        time.settle();
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

    /** Makes every further record end in an InterruptedException. May be called from any thread. */
    void stop() {
        stopped = true;
    }
}
