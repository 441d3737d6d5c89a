package io.varuna.engine;

import io.varuna.engine.plugin.PluginAccess;
import io.varuna.engine.source.SourceBatch;
import io.varuna.engine.source.StreamSource;
import io.varuna.engine.source.Subscriber;
import io.varuna.engine.source.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A stream as one rule reads it. */
final class RuleSource implements Subscriber {
    private final RuleTask rule;
    private final ScanInput input;
    private final SharedStreams streams;
    private final StreamSource source;
    private boolean ended;

    RuleSource(
            RuleTask rule,
            ScanInput input,
            Assembly assembly,
            PluginAccess access,
            SharedStreams streams,
            Optional<Checkpoint> restored) {
        this.rule = rule;
        this.input = input;
        this.streams = streams;
        String name = input.stream().name();
        var positions = restored.map(checkpoint -> checkpoint.positions().getOrDefault(name, List.of()))
                .orElse(List.of());
        input.restore(positions);
        this.source = streams.join(
                input.stream(),
                Objects.requireNonNull(assembly.sources().get(name), name),
                access,
                this,
                rule.spec().id(),
                positions);
    }

    StreamSource source() {
        return source;
    }

    ScanInput input() {
        return input;
    }

    void open() {
        source.open();
    }

    /** Ends reading; {@code kept} if the rule keeps the thread of one of its sources, which others may need. */
    void close(boolean kept) {
        streams.leave(input.stream(), source, this, kept);
    }

    /** Tells the source that batches up to a number are safe. */
    void committed(long sequence) {
        source.committed(this, sequence);
    }

    @Override
    public Wanted wanted() {
        return input.wanted();
    }

    @Override
    public boolean congested() {
        return rule.congested();
    }

    @Override
    public void process(SourceBatch batch) throws InterruptedException {
        rule.process(input, batch);
    }

    @Override
    public void rejected(Exception cause, String raw) {
        rule.rejected(source.metrics().name(), cause, raw);
    }

    @Override
    public void commitRequested() {
        rule.checkpoints().request();
    }

    @Override
    public boolean commitNow(Duration patience) throws InterruptedException {
        return rule.checkpoints().now(patience);
    }

    @Override
    public void ended() {
        synchronized (this) {
            ended = true;
        }
        if (rule.sources().stream().allMatch(RuleSource::isEnded)) {
            rule.inputEnded();
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    @Override
    public void unusable(Exception cause) {
        rule.end(cause);
    }
}
