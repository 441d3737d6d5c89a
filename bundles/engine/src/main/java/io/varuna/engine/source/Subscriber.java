package io.varuna.engine.source;

import java.time.Duration;

/** A rule that reads a stream. Called by the source's threads, one at a time. */
public interface Subscriber {
    Wanted wanted();

    /** Tells whether a batch would have to wait now. */
    boolean congested();

    /** Takes a batch; waits while sinks are busy. */
    void process(SourceBatch batch) throws InterruptedException;

    /** Learns of a record that could not be read; {@code raw} is what is known of it, as text. */
    void rejected(Exception cause, String raw);

    /** Learns that the source cannot take many more records before some are committed. */
    void commitRequested();

    /** Makes safe what was read so far; false if that takes longer than the patience. */
    boolean commitNow(Duration patience) throws InterruptedException;

    /** Learns that there are no more records. */
    void ended();

    /** Learns that the source can never be opened. */
    void unusable(Exception cause);
}
