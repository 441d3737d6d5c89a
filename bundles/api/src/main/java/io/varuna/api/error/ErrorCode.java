package io.varuna.api.error;

import org.osgi.annotation.versioning.ConsumerType;

/** A stable name for a failure. Implement it with an enum; a plugin may bring its own. */
@ConsumerType
public interface ErrorCode {
    /** Returns an upper-case identifier that never changes meaning. */
    String name();

    ErrorKind kind();

    /** Returns the number that the REST interface shows, as eKuiper's does. */
    default int number() {
        return 1001;
    }
}
