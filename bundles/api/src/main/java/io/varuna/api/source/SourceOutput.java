package io.varuna.api.source;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a source puts its records. {@code emit} waits while the rules are busy, which is all a source needs to do about
 * back-pressure. One thread at a time.
 *
 * <p>Records are collected and processed in batches: when enough have come, when the source calls {@link #flush}, and when
 * {@code poll} or {@code run} returns. A push source calls {@code flush} when its client has no more at hand.
 *
 * <p>A position rides with its record, so a source keeps no state of its own and takes no lock.
 *
 * <p>An {@link InterruptedException} says that the source is being closed, or that another one reads on in its place: it lets the
 * exception pass and emits no more. What it was about to emit comes again, if it had a position.
 */
@ProviderType
public interface SourceOutput {
    /**
     * Emits bytes for the stream's format to decode. They are read before the call returns, so a buffer may be used again.
     *
     * @param metadata what {@code meta()} shows, such as the topic; kept, not copied
     * @param position where to read on after this record; null if the source cannot
     */
    void emit(ByteBuffer payload, Map<String, @Nullable Object> metadata, @Nullable Position position)
            throws InterruptedException;

    /** Emits records that have come together, as if one by one, for less: what is done for each is done for all at once. */
    default void emit(Payloads payloads) throws InterruptedException {
        for (int i = 0; i < payloads.size(); i++) {
            emit(payloads.payload(i), payloads.metadata(i), payloads.position(i));
        }
    }

    /** Emits a record that needs no decoding. The map is kept, not copied. */
    void emit(Map<String, @Nullable Object> row, Map<String, @Nullable Object> metadata, @Nullable Position position)
            throws InterruptedException;

    /** Processes what was emitted; returns when the rules have taken it. */
    void flush() throws InterruptedException;

    /**
     * Reports a record that could not be read. It is counted and goes where the rules send bad records; reading goes on.
     *
     * @param raw the record as far as it is known, or null
     */
    void reject(Exception cause, @Nullable ByteBuffer raw);

    /**
     * Asks that the records so far be made safe soon, because the source cannot take many more before they are; {@link
     * Source#committed} follows. May be called from any thread.
     */
    void requestCommit();

    /** Ends the stream, for a push source that knows that no more will come. */
    void end() throws InterruptedException;
}
