package io.varuna.api.source;

import java.time.Duration;
import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/** A source that is asked at an interval, for systems that do not tell. Polled by a shared pool; may block. */
@ConsumerType
public interface PollingSource extends Source {
    /** Returns the time between the starts of two polls; zero polls again at once. */
    Duration interval();

    /**
     * Emits what there is now.
     *
     * @param trigger when the poll was due
     * @return false if there will never be more
     * @throws Exception that rules show in their status; the next poll follows all the same
     */
    boolean poll(Instant trigger, SourceOutput out) throws Exception;
}
