package io.varuna.plugin.mqtt;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Messages that came together and go to the rules together. Filled on the event loop, and not changed any more when it has
 * been handed over.
 */
final class Parcel {
    private static final int FULL = 512;
    private static final int LEAST = 4;

    private final PayloadRoom.Shelf shelf;
    private final byte[] bytes;
    private final Recipients recipients;
    private int[] offsets;
    private int[] lengths;
    /** The number of each message of QoS 1 and 2; others have that of the one before, or 0. Empty as long as all have 0. */
    private long[] sequences = {};

    private @Nullable Object[] metadata;
    private int size;
    private int payload;

    /**
     * Creates a parcel.
     *
     * @param shelf has all payloads, among others
     * @param expected how many messages it will probably have
     */
    Parcel(PayloadRoom.Shelf shelf, Recipients recipients, int expected) {
        int capacity = Math.max(LEAST, expected);
        this.shelf = shelf;
        this.bytes = shelf.bytes();
        this.recipients = recipients;
        this.offsets = new int[capacity];
        this.lengths = new int[capacity];
        this.metadata = new @Nullable Object[capacity];
        shelf.retain(1);
    }

    /** Tells whether another message from this shelf to these recipients may be added. */
    boolean takes(PayloadRoom.Shelf other, Recipients to) {
        return shelf == other && recipients == to && size < FULL;
    }

    /** Gives the parcel to its recipients, each of which will {@linkplain #read read} it. */
    void handOver() {
        List<Subscription> subscriptions = recipients.subscriptions();
        shelf.retain(subscriptions.size());
        for (int i = 0; i < subscriptions.size(); i++) {
            subscriptions.get(i).arrive(this);
        }
        shelf.release();
    }

    /** A recipient has read the payloads, and will not look at them again. Any thread. */
    void read() {
        shelf.release();
    }

    /** Adds a message; {@code sequence} is 0 for QoS 0. */
    void add(int offset, int length, Map<String, @Nullable Object> about, long sequence) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
            metadata = Arrays.copyOf(metadata, 2 * size);
        }
        offsets[size] = offset;
        lengths[size] = length;
        if (sequence > 0 || sequences.length > 0) {
            note(sequence);
        }
        metadata[size] = about;
        payload += length;
        size++;
    }

    private void note(long sequence) {
        if (size >= sequences.length) {
            sequences = Arrays.copyOf(sequences, offsets.length);
        }
        sequences[size] = sequence == 0 && size > 0 ? sequences[size - 1] : sequence;
    }

    int size() {
        return size;
    }

    /** Returns the bytes of all payloads. */
    int payloadLength() {
        return payload;
    }

    /** Returns the payload of a message: {@code view}, which wraps an array, if it is the same one; otherwise another one. */
    @SuppressWarnings("ByteBufferBackingArray") // a whole array was wrapped
    ByteBuffer payload(int index, ByteBuffer view) {
        ByteBuffer shown = view.array() == bytes ? view : ByteBuffer.wrap(bytes);
        return shown.limit(offsets[index] + lengths[index]).position(offsets[index]);
    }

    @SuppressWarnings("unchecked") // only such maps are added
    Map<String, @Nullable Object> metadata(int index) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(metadata[index]);
    }

    /** Returns the number of the last message up to an index that is to be acknowledged; 0 if none is. */
    long sequence(int index) {
        return sequences.length == 0 ? 0 : sequences[index];
    }

    /** Returns how many messages up to an index are to be acknowledged. */
    int receipts(int index) {
        int count = 0;
        for (int i = 0; i <= index && sequences.length > 0; i++) {
            if (sequences[i] != (i == 0 ? 0 : sequences[i - 1])) {
                count++;
            }
        }
        return count;
    }

    /** Returns the index of the first message with a payload; the size if there is none. */
    int indexOf(byte[] wanted) {
        for (int i = 0; i < size; i++) {
            if (lengths[i] == wanted.length
                    && Arrays.equals(bytes, offsets[i], offsets[i] + lengths[i], wanted, 0, wanted.length)) {
                return i;
            }
        }
        return size;
    }
}
