package io.varuna.benchmarks.pipeline;

import io.varuna.benchmarks.message.Messages;
import io.varuna.engine.time.VirtualTime;
import java.time.Instant;
import java.util.Map;

/** A rule with a window, over messages in memory and a clock that moves on after a number of messages. */
public final class ClockedTrial implements Trial {
    private final Messages messages;
    private final int messagesPerStep;
    private final long stepMillis;
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final VarunaEngine engine = new VarunaEngine(time, Output.discarding());
    private long now;

    public ClockedTrial(Messages messages, String sql, int messagesPerStep, long stepMillis) {
        this.messages = messages;
        this.messagesPerStep = messagesPerStep;
        this.stepMillis = stepMillis;
        engine.create(Question.STREAM);
        engine.start("window", sql, VarunaEngine.action(VarunaEngine.IGNORE), Map.of());
    }

    @Override
    public long run() throws InterruptedException {
        for (int from = 0; from < messages.count(); from += messagesPerStep) {
            engine.feed("demo", messages, from, Math.min(messages.count(), from + messagesPerStep));
            now += stepMillis;
            time.advanceTo(Instant.ofEpochMilli(now));
        }
        return messages.count();
    }

    /** Returns how many rows came out so far. */
    public long rows() {
        return engine.ignoredRows();
    }

    @Override
    public void close() {
        engine.close();
    }
}
