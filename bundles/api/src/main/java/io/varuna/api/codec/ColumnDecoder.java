package io.varuna.api.codec;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A decoder that can do without an object for each value. The engine prefers this form; for the other one, {@link RowOutput}
 * makes rows of what is put.
 */
@ConsumerType
public interface ColumnDecoder extends Decoder {
    /**
     * Puts every record in {@code payload}: the same values as {@link Decoder#decode} passes on, for columns by their
     * position in the schema and, for an open schema, the whole record as an object in the place after the last column. A
     * throw rejects the payload: the engine drops what was put during the call.
     */
    void decode(ByteBuffer payload, ColumnOutput out) throws Exception;
}
