package io.varuna.engine.sink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Told what a sink cannot write. Thread-safe. */
public interface SinkFailures {
    /** A row was refused for good. */
    void refused(SinkRunner sink, Exception cause, Map<String, @Nullable Object> row);

    /** Rows were dropped because the buffer was full. */
    void dropped(SinkRunner sink, int rows);

    /** The sink can never be opened. */
    void unusable(SinkRunner sink, Exception cause);
}
