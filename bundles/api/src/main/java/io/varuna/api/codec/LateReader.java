package io.varuna.api.codec;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes values of bytes that its decoder has checked before. Thread-safe: a batch that a rule holds up is read by other
 * threads.
 */
@ConsumerType
@FunctionalInterface
public interface LateReader {
    /** Returns the value; it does not fail. */
    Object read(byte[] bytes, int offset, int length);
}
