package io.varuna.engine;

import io.varuna.api.plugin.ConnectionStatus;
import io.varuna.api.source.Payloads;
import io.varuna.api.source.Position;
import io.varuna.api.source.PushSource;
import io.varuna.api.source.Source;
import io.varuna.api.source.SourceContext;
import io.varuna.api.source.SourceFactory;
import io.varuna.api.source.SourceOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A source that a test feeds by hand; several rules may read it. Positions count the records from 1. */
final class TestStream implements SourceFactory<TestPlugins.None> {
    final List<String> committed = new CopyOnWriteArrayList<>();
    final List<Position> restored = new CopyOnWriteArrayList<>();
    private final List<SourceOutput> outputs = new CopyOnWriteArrayList<>();
    private int opened;
    private int failuresLeft;
    private @Nullable ConnectionStatus said;
    private long next = 1;

    /** Makes the next attempts to open fail. */
    TestStream failing(int times) {
        failuresLeft = times;
        return this;
    }

    /** Makes the source say at its opening how it gets on. */
    TestStream saying(@Nullable ConnectionStatus status) {
        said = status;
        return this;
    }

    int opened() {
        return opened;
    }

    /** Returns how many readers are not closed. */
    int open() {
        return outputs.size();
    }

    @Override
    public Source open(TestPlugins.None config, SourceContext context) throws Exception {
        opened++;
        if (failuresLeft-- > 0) {
            throw new java.io.IOException("not there yet");
        }
        if (said != null) {
            context.status(said, null);
        }
        restored.addAll(context.restored());
        return new PushSource() {
            private @Nullable SourceOutput output;

            @Override
            public void start(SourceOutput out) {
                output = out;
                outputs.add(out);
            }

            @Override
            public void committed(Position position) {
                committed.add(position.offset());
            }

            @Override
            public void close() {
                outputs.remove(output);
            }
        };
    }

    /** Emits records as maps, in one batch. */
    @SafeVarargs
    final void emit(Map<String, @Nullable Object>... records) throws InterruptedException {
        for (SourceOutput out : new ArrayList<>(outputs)) {
            for (Map<String, @Nullable Object> entry : records) {
                out.emit(entry, Map.of("topic", "t"), new Position("p", String.valueOf(next++)));
            }
            out.flush();
        }
    }

    /** Emits a payload. */
    void emit(String payload) throws InterruptedException {
        for (SourceOutput out : new ArrayList<>(outputs)) {
            out.emit(
                    ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)),
                    Map.of("topic", "t"),
                    new Position("p", String.valueOf(next++)));
            out.flush();
        }
    }

    /** Emits payloads that came together. */
    void emit(Payloads payloads) throws InterruptedException {
        for (SourceOutput out : new ArrayList<>(outputs)) {
            out.emit(payloads);
            out.flush();
        }
    }

    void requestCommit() {
        outputs.forEach(SourceOutput::requestCommit);
    }

    void end() throws InterruptedException {
        for (SourceOutput out : new ArrayList<>(outputs)) {
            out.end();
        }
    }
}
