package io.varuna.plugin.file;

import io.varuna.api.source.Payloads;
import io.varuna.api.source.Position;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Records that lie in what is at hand of a file, one behind the other. Used again for the next ones. */
final class Slices {
    private static final int FIRST = 16;

    private int[] starts = new int[FIRST];
    private int[] ends = new int[FIRST];
    private int[] nexts = new int[FIRST];
    private int size;
    private byte[] bytes = {};
    private int base;
    private long offset;

    int size() {
        return size;
    }

    /** Forgets all. */
    void clear() {
        size = 0;
    }

    /**
     * Adds a record, by places of what is at hand.
     *
     * @param next where to read on after it
     */
    void add(int start, int end, int next) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            nexts = Arrays.copyOf(nexts, 2 * size);
        }
        starts[size] = start;
        ends[size] = end;
        nexts[size] = next;
        size++;
    }

    /** Takes the first records, which are valid until more is read, and leaves the others where they are. */
    void take(int count, ByteInput from) {
        size = count;
        bytes = from.bytes();
        base = from.start();
        offset = from.offset();
        if (count > 0) {
            from.take(nexts[count - 1]);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns where in the array a record begins. */
    int start(int index) {
        return base + starts[index];
    }

    /** Returns where in the array a record ends. */
    int end(int index) {
        return base + ends[index];
    }

    /** Returns the offset in the file at which to read on after a record. */
    long offset(int index) {
        return offset + nexts[index];
    }

    /** Returns a view of a record. */
    ByteBuffer view(int index) {
        return ByteBuffer.wrap(bytes, start(index), end(index) - start(index));
    }

    /**
     * Shows the records as payloads.
     *
     * @param positions makes the position of an offset
     */
    Payloads payloads(Map<String, @Nullable Object> metadata, LongFunction<Position> positions) {
        return new Together(metadata, positions);
    }

    /** All records, to be emitted together; positions are made where they are asked for. */
    private final class Together implements Payloads {
        private final Map<String, @Nullable Object> metadata;
        private final LongFunction<Position> positions;
        private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

        Together(Map<String, @Nullable Object> metadata, LongFunction<Position> positions) {
            this.metadata = metadata;
            this.positions = positions;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public ByteBuffer payload(int index) {
            return buffer.limit(end(index)).position(start(index));
        }

        @Override
        public Map<String, @Nullable Object> metadata(int index) {
            return metadata;
        }

        @Override
        public Position position(int index) {
            return positions.apply(offset(index));
        }
    }
}
