package io.varuna.api.codec;

import org.osgi.annotation.versioning.ConsumerType;

/** Makes values of bytes that its decoder has checked before. Used on the thread that decodes, between two payloads. */
@ConsumerType
@FunctionalInterface
public interface LateReader {
    /** Returns the value; it does not fail. */
    Object read(byte[] bytes, int offset, int length);
}
