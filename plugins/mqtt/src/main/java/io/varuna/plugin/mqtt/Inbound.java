package io.varuna.plugin.mqtt;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way from the broker to the rules. Immutable.
 *
 * @param bytes have the payload, among those of other messages
 * @param receipt what the broker is to be told; null for QoS 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Inbound(
        byte[] bytes, int offset, int length, Map<String, @Nullable Object> metadata, @Nullable Receipt receipt) {
    boolean hasPayload(byte[] other) {
        return Arrays.equals(bytes, offset, offset + length, other, 0, other.length);
    }

    /** Returns the payload: {@code view}, which wraps an array, if it is the same one; otherwise another one. */
    @SuppressWarnings("ByteBufferBackingArray") // a whole array was wrapped
    ByteBuffer payload(ByteBuffer view) {
        ByteBuffer payload = view.array() == bytes ? view : ByteBuffer.wrap(bytes);
        return payload.limit(offset + length).position(offset);
    }
}
