package io.varuna.engine.metric;

import io.varuna.api.manage.StepFigures;
import io.varuna.api.plugin.ConnectionStatus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The figures of one step, under the names of eKuiper's status. Written by the rule's threads, read by any. */
public final class StepMetrics {
    private static final AtomicLongFieldUpdater<StepMetrics> IN =
            AtomicLongFieldUpdater.newUpdater(StepMetrics.class, "recordsIn");
    private static final AtomicLongFieldUpdater<StepMetrics> OUT =
            AtomicLongFieldUpdater.newUpdater(StepMetrics.class, "recordsOut");
    private static final AtomicLongFieldUpdater<StepMetrics> PROCESSED =
            AtomicLongFieldUpdater.newUpdater(StepMetrics.class, "processed");
    private static final AtomicLongFieldUpdater<StepMetrics> EXCEPTIONS =
            AtomicLongFieldUpdater.newUpdater(StepMetrics.class, "exceptions");

    private final String name;
    private final boolean connected;
    // not objects of their own: a thousand rules that take turns would look each of them up in main memory
    private volatile long recordsIn;
    private volatile long recordsOut;
    private volatile long processed;
    private volatile long exceptions;
    private volatile long latencyMicros;
    private volatile long lastInvocation;
    private volatile String lastException = "";
    private volatile long lastExceptionTime;
    private volatile LongSupplier bufferLength = () -> 0;
    private volatile @Nullable Connection connection;

    /** How a source or sink got on with the other end. */
    private record Connection(
            ConnectionStatus status, String message, long lastConnected, long lastDisconnected, long lastTry) {}

    /**
     * Creates figures.
     *
     * @param name such as {@code op_2_filter_0}
     * @param connected whether there is another end, as for sources and sinks
     */
    public StepMetrics(String name, boolean connected) {
        this.name = name;
        this.connected = connected;
    }

    public String name() {
        return name;
    }

    /** Counts records that came in, at the given time of the clock. */
    public void in(long records, long now) {
        IN.getAndAdd(this, records);
        lastInvocation = now;
    }

    public void out(long records) {
        OUT.getAndAdd(this, records);
    }

    /** Counts records that were dealt with, and how long the last call took. */
    public void processed(long records, long nanos) {
        PROCESSED.getAndAdd(this, records);
        latencyMicros = nanos / 1_000;
    }

    public void failed(Exception cause, long now) {
        failed(String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()), now);
    }

    public void failed(String message, long now) {
        EXCEPTIONS.getAndIncrement(this);
        lastException = message;
        lastExceptionTime = now;
    }

    public void bufferLength(LongSupplier length) {
        bufferLength = length;
    }

    public synchronized void connection(ConnectionStatus status, @Nullable String message, long now) {
        Connection last = connection;
        long connectedAt = last == null ? 0 : last.lastConnected();
        long disconnectedAt = last == null ? 0 : last.lastDisconnected();
        String text = message == null ? (last == null ? "" : last.message()) : message;
        connection = switch (status) {
            case CONNECTED -> new Connection(status, text, now, disconnectedAt, now);
            case CONNECTING -> new Connection(status, text, connectedAt, disconnectedAt, now);
            case DISCONNECTED -> new Connection(status, text, connectedAt, now, now);
        };
    }

    /** Returns how the other end was the last time; CONNECTING if nothing is known. */
    public ConnectionStatus connection() {
        Connection last = connection;
        return last == null ? ConnectionStatus.CONNECTING : last.status();
    }

    /** Returns the figures as they are now. */
    public StepFigures figures() {
        return new StepFigures(
                name,
                recordsIn,
                recordsOut,
                processed,
                exceptions,
                latencyMicros,
                bufferLength.getAsLong(),
                connected ? connection() : null);
    }

    /** Adds the figures to a status, in eKuiper's order. */
    public void writeTo(Map<String, Object> status) {
        String prefix = name + "_";
        status.put(prefix + "records_in_total", recordsIn);
        status.put(prefix + "records_out_total", recordsOut);
        status.put(prefix + "messages_processed_total", processed);
        status.put(prefix + "process_latency_us", latencyMicros);
        status.put(prefix + "buffer_length", bufferLength.getAsLong());
        status.put(prefix + "last_invocation", lastInvocation);
        status.put(prefix + "exceptions_total", exceptions);
        status.put(prefix + "last_exception", lastException);
        status.put(prefix + "last_exception_time", lastExceptionTime);
        if (connected) {
            writeConnection(prefix, status);
        }
    }

    private void writeConnection(String prefix, Map<String, Object> status) {
        Connection last = connection;
        status.put(
                prefix + "connection_status",
                switch (connection()) {
                    case CONNECTED -> 1;
                    case CONNECTING -> 0;
                    case DISCONNECTED -> -1;
                });
        status.put(prefix + "connection_last_connected_time", last == null ? 0L : last.lastConnected());
        status.put(prefix + "connection_last_disconnected_time", last == null ? 0L : last.lastDisconnected());
        status.put(prefix + "connection_last_disconnected_message", last == null ? "" : last.message());
        status.put(prefix + "connection_last_try_time", last == null ? 0L : last.lastTry());
    }
}
