package io.varuna.benchmarks.pipeline;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import io.varuna.engine.time.VirtualTime;
import java.time.Instant;
import java.util.Map;

/** Joins of streams and tables whose messages are in memory. */
public final class JoinTrial implements Trial {
    /** So many messages of each stream are in a window, each with another key. */
    static final int KEYS = 1_000;

    static final int TABLE_ROWS = 10_000;
    private static final String OPTIONS = "TYPE=\"feed\", FORMAT=\"json\", SHARED=\"TRUE\"";

    private final Messages messages;
    private final boolean windowed;
    private final VirtualTime time = new VirtualTime(Instant.EPOCH);
    private final VarunaEngine engine = new VarunaEngine(time, Output.discarding());
    private long now;

    private JoinTrial(Messages messages, boolean windowed) {
        this.messages = messages;
        this.windowed = windowed;
        engine.create("CREATE STREAM demo () WITH (DATASOURCE=\"demo\", " + OPTIONS + ")");
    }

    /** Joins two streams within windows of a second. */
    public static JoinTrial ofStreams() {
        JoinTrial trial = new JoinTrial(Messages.of(Shape.SMALL, 10 * KEYS, KEYS), true);
        trial.engine.create("CREATE STREAM other () WITH (DATASOURCE=\"other\", " + OPTIONS + ")");
        trial.start("SELECT demo.id, demo.temperature, other.humidity FROM demo INNER JOIN other ON demo.id = other.id"
                + " GROUP BY TUMBLINGWINDOW(ss, 1)");
        return trial;
    }

    /** Joins a stream with the last rows of another one. */
    public static JoinTrial withTable() throws InterruptedException {
        Messages messages = Messages.of(Shape.SMALL, TABLE_ROWS, TABLE_ROWS);
        JoinTrial trial = new JoinTrial(messages, false);
        trial.engine.create("CREATE TABLE other () WITH (DATASOURCE=\"other\", " + OPTIONS + ", RETAIN_SIZE=\""
                + TABLE_ROWS + "\")");
        trial.start(
                "SELECT demo.id, demo.temperature, other.humidity FROM demo INNER JOIN other ON demo.id = other.id");
        trial.engine.feed("other", messages, 0, messages.count());
        return trial;
    }

    private void start(String sql) {
        engine.start("join", sql, VarunaEngine.action(VarunaEngine.IGNORE), Map.of());
    }

    @Override
    public long run() throws InterruptedException {
        if (!windowed) {
            engine.feed("demo", messages, 0, messages.count());
            return messages.count();
        }
        for (int from = 0; from < messages.count(); from += KEYS) {
            engine.feed("demo", messages, from, from + KEYS);
            engine.feed("other", messages, from, from + KEYS);
            now += 1_000;
            time.advanceTo(Instant.ofEpochMilli(now));
        }
        return 2L * messages.count();
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
