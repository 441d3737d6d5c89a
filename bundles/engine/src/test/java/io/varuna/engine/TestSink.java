package io.varuna.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.varuna.api.data.Row;
import io.varuna.api.error.StandardError;
import io.varuna.api.error.VarunaException;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Message;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what it gets, and may be told how to behave. */
final class TestSink implements SinkFactory<TestPlugins.None> {
    final List<Map<String, @Nullable Object>> rows = new CopyOnWriteArrayList<>();
    final List<String> messages = new CopyOnWriteArrayList<>();
    final AtomicInteger batches = new AtomicInteger();
    final AtomicInteger flushes = new AtomicInteger();
    private final boolean blocking;
    private volatile Behaviour behaviour = batch -> {};
    private volatile String wrong = "";

    /** Looks at a batch before it is written. */
    @FunctionalInterface
    interface Behaviour {
        void before(Batch batch) throws Exception;
    }

    TestSink(boolean blocking) {
        this.blocking = blocking;
    }

    /** Finds something wrong with whatever properties it gets. */
    void findWrong(String problem) {
        wrong = problem;
    }

    @Override
    public void validate(TestPlugins.None config) {
        if (!wrong.isEmpty()) {
            throw new VarunaException(StandardError.INVALID_PROPERTY, wrong);
        }
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    /** Returns what a message says, however one asks for it. */
    private static String text(Message message) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        message.writeTo(written);
        String text = StandardCharsets.UTF_8.decode(message.payload()).toString();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(message.size()).isEqualTo(written.size());
        return text;
    }

    @Override
    public boolean blocking() {
        return blocking;
    }

    final AtomicInteger closed = new AtomicInteger();
    private volatile boolean refuses;

    /** Makes it impossible to open. */
    TestSink refusing() {
        refuses = true;
        return this;
    }

    @Override
    public Sink open(TestPlugins.None config, SinkContext context) {
        if (refuses) {
            throw new IllegalStateException("no such table");
        }
        return new Sink() {
            @Override
            public void close() {
                closed.incrementAndGet();
            }

            @Override
            public void write(Batch batch) throws Exception {
                behaviour.before(batch);
                batches.incrementAndGet();
                for (Row row : batch) {
                    rows.add(row.toMap());
                }
                for (Message message : batch.messages()) {
                    messages.add(text(message));
                }
            }

            @Override
            public void flush() {
                flushes.incrementAndGet();
            }
        };
    }
}
