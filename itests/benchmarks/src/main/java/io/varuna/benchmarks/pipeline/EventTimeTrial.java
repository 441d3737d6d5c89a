package io.varuna.benchmarks.pipeline;

import io.varuna.benchmarks.message.Messages;
import io.varuna.engine.time.VirtualTime;
import java.time.Instant;
import java.util.Map;

/** A rule in event time, over messages in memory that are sent again and again, each time with later times. */
public final class EventTimeTrial implements Trial {
    private final Messages messages;
    private final VarunaEngine engine = new VarunaEngine(new VirtualTime(Instant.EPOCH), Output.discarding());
    private boolean begun;

    /**
     * Starts the rule.
     *
     * @param lateTolerance how far behind the latest message others may be; as long do all of them wait
     */
    public EventTimeTrial(Messages messages, String sql, String lateTolerance) {
        this.messages = messages;
        engine.create(
                "CREATE STREAM demo () WITH (DATASOURCE=\"demo\", TYPE=\"feed\", FORMAT=\"json\", SHARED=\"TRUE\","
                        + " TIMESTAMP=\"ts\")");
        engine.start(
                "window",
                sql,
                VarunaEngine.action(VarunaEngine.IGNORE),
                Map.of("isEventTime", true, "lateTolerance", lateTolerance));
    }

    @Override
    public long run() throws InterruptedException {
        if (begun) {
            messages.moveOn(messages.count());
        }
        engine.feed("demo", messages, 0, messages.count());
        begun = true;
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
