package io.varuna.api.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads records out of bytes. Not thread-safe; one per source. */
@ConsumerType
@FunctionalInterface
public interface Decoder {
    /**
     * Passes on every record in {@code payload}, as a new array of the schema's {@linkplain
     * io.varuna.api.data.Schema#width() width} with its columns in order, {@link io.varuna.api.data.Missing} where the record
     * does not have a column, and, for an open schema, the whole record as a map in the last place. Whole numbers are {@code
     * Long} as long as they fit, other numbers {@code Double}. A throw rejects the payload; records that were passed on
     * before it are dropped by the engine.
     */
    void decode(ByteBuffer payload, Consumer<@Nullable Object[]> out) throws Exception;
}
