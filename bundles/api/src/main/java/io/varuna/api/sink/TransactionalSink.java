package io.varuna.api.sink;

import org.osgi.annotation.versioning.ConsumerType;

/** A sink that can take part in exactly-once delivery. Optional. */
@ConsumerType
public interface TransactionalSink extends Sink {
    /** Ends the current transaction so that it survives a crash, and starts the next. */
    void prepare(long checkpointId) throws Exception;

    /** Publishes what {@code prepare} ended. May be called again after a crash. */
    void commit(long checkpointId) throws Exception;

    /**
     * Publishes or throws away what was prepared before a crash. Called on start.
     *
     * @param lastCompleted the last checkpoint that completed: transactions up to it are published, later ones dropped
     */
    void recover(long lastCompleted) throws Exception;
}
