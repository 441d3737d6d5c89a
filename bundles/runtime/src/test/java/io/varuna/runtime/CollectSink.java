package io.varuna.runtime;

import io.varuna.api.data.Row;
import io.varuna.api.sink.Batch;
import io.varuna.api.sink.Sink;
import io.varuna.api.sink.SinkContext;
import io.varuna.api.sink.SinkFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sink that keeps what it gets for the test. */
final class CollectSink implements SinkFactory<CollectSink.Config> {
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private Runnable closing = () -> {};
    private Object failing = "nothing";

    @interface Config {
        String table() default "";
    }

    @Override
    @SuppressWarnings("NullAway") // tests here have no nulls
    public Sink open(Config config, SinkContext context) {
        return new Sink() {
            @Override
            public void write(Batch batch) {
                for (Row row : batch) {
                    if (row.toMap().containsValue(failing)) {
                        throw new IllegalStateException("the disk is full");
                    }
                    rows.add(row.toMap());
                }
            }

            @Override
            public void close() {
                closing.run();
            }
        };
    }

    /** Makes it fail for rows with a value. */
    void failAt(Object value) {
        failing = value;
    }

    /** Has something happen whenever a rule closes it. */
    void whenClosed(Runnable action) {
        closing = action;
    }

    @Override
    public boolean blocking() {
        return false;
    }

    List<Map<String, Object>> rows() {
        return rows;
    }
}
