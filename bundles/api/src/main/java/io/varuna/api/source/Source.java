package io.varuna.api.source;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads a stream. An implementation is one of the three kinds: a {@link PushSource} whose client calls back, a {@link
 * PollingSource} that is asked at an interval, or a {@link ReadingSource} that has a thread to itself.
 */
@ConsumerType
public interface Source extends AutoCloseable {
    /**
     * The records up to and including {@code position} are safe; the source may acknowledge them upstream. Called from
     * one thread at a time, in order of the positions of a partition; not necessarily for every position.
     */
    default void committed(Position position) throws Exception {}

    /** Ends reading. Called once, from another thread than the one that emits; returns when nothing is emitted any more. */
    @Override
    default void close() throws Exception {}
}
