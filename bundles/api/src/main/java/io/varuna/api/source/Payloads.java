package io.varuna.api.source;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Records that a source has read together, as bytes for the stream's format to decode. Their positions are all of one
 * partition. Used during a call of {@link SourceOutput#emit(Payloads)} only.
 */
@ConsumerType
public interface Payloads {
    int size();

    /** Returns the bytes of a record; the buffer may be used again for the next one. */
    ByteBuffer payload(int index);

    /** Returns what {@code meta()} shows of a record; kept, not copied. */
    Map<String, @Nullable Object> metadata(int index);

    /**
     * Returns where to read on after a record; null if the source cannot. Asked for where a batch of rows ends, so it may be
     * made then.
     */
    @Nullable
    Position position(int index);
}
