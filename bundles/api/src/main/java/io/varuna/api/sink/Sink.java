package io.varuna.api.sink;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes results somewhere. One thread at a time calls it, and that thread may block: while it does, the engine slows the
 * rule down.
 *
 * <p>The engine calls {@code write}* ({@code flush} {@code write}*)* {@code close}.
 */
@ConsumerType
@FunctionalInterface
public interface Sink extends AutoCloseable {
    /**
     * Takes a batch, as rows or as messages, whichever suits the system. If it throws, none of the batch counts as written;
     * after a {@linkplain io.varuna.api.plugin.PluginFactory#isTransient transient} failure the same batch comes again,
     * after a {@link RejectedRowsException} the rest of it counts as written.
     */
    void write(Batch batch) throws Exception;

    /** Makes what was written durable. Called before a checkpoint completes. */
    default void flush() throws Exception {}

    @Override
    default void close() throws Exception {}
}
