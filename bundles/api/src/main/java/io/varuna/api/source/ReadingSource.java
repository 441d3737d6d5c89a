package io.varuna.api.source;

import org.osgi.annotation.versioning.ConsumerType;

/** A source that reads by itself, such as one that reads files. */
@ConsumerType
public interface ReadingSource extends Source {
    /**
     * Emits records until interrupted, or returns when there are no more. Has a thread to itself and may block.
     *
     * @throws Exception if it cannot go on: rules show it in their status, and the source is closed and, after a pause, opened
     *     anew. When it is being closed already, what it throws means nothing
     */
    void run(SourceOutput out) throws Exception;
}
