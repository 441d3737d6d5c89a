package io.varuna.api.source;

import org.osgi.annotation.versioning.ConsumerType;

/** A source that reads by itself, such as one that reads files. */
@ConsumerType
public interface ReadingSource extends Source {
    /** Emits records until interrupted, or returns when there are no more. Has a thread to itself and may block. */
    void run(SourceOutput out) throws Exception;
}
