package io.varuna.engine.aggregate;

import io.varuna.engine.data.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The arguments of one call for some rows, oldest first. One number, or none at all, takes no object. One thread at a time. */
final class ArgumentRing {
    /** The filter of the call leaves the row out. */
    static final byte LEFT_OUT = -1;

    /** There is not one argument: the object is the array of them, if there are any. */
    private static final byte SEVERAL = -2;

    private static final int FIRST_ROOM = 4;
    private static final @Nullable Object[] NO_ARGUMENTS = new @Nullable Object[0];

    private byte[] tags = new byte[FIRST_ROOM];

    /** Only as long as it has to be, as the objects. */
    private long[] bits = new long[0];

    private @Nullable Object[] objects = new @Nullable Object[0];
    private int head;
    private int size;

    int size() {
        return size;
    }

    private int place(int index) {
        return (head + index) & (tags.length - 1);
    }

    /** Adds the arguments of the newest row, as {@link AggregateCalls#arguments} returns them for the call. */
    void add(@Nullable Object[] arguments) {
        if (size == tags.length) {
            grow();
        }
        int place = place(size++);
        if (AggregateCalls.isLeftOut(arguments)) {
            tags[place] = LEFT_OUT;
        } else if (arguments.length != 1) {
            tags[place] = SEVERAL;
            if (arguments.length > 0) {
                putObject(place, arguments);
            }
        } else {
            put(place, arguments[0]);
        }
    }

    private void put(int place, @Nullable Object value) {
        if (value instanceof Long number) {
            putBits(place, ColumnVector.LONG, number);
        } else if (value instanceof Double number) {
            putBits(place, ColumnVector.DOUBLE, Double.doubleToRawLongBits(number));
        } else if (value == null) {
            tags[place] = ColumnVector.NULL;
        } else {
            tags[place] = ColumnVector.OBJECT;
            putObject(place, value);
        }
    }

    private void putBits(int place, byte tag, long value) {
        if (bits.length == 0) {
            bits = new long[tags.length];
        }
        tags[place] = tag;
        bits[place] = value;
    }

    private void putObject(int place, Object value) {
        if (objects.length == 0) {
            objects = new @Nullable Object[tags.length];
        }
        objects[place] = value;
    }

    private void grow() {
        int moved = tags.length - head;
        byte[] newTags = Arrays.copyOfRange(tags, head, head + 2 * size);
        System.arraycopy(tags, 0, newTags, moved, head);
        if (bits.length > 0) {
            long[] newBits = Arrays.copyOfRange(bits, head, head + 2 * size);
            System.arraycopy(bits, 0, newBits, moved, head);
            bits = newBits;
        }
        if (objects.length > 0) {
            @Nullable Object[] newObjects = Arrays.copyOfRange(objects, head, head + 2 * size);
            System.arraycopy(objects, 0, newObjects, moved, head);
            objects = newObjects;
        }
        tags = newTags;
        head = 0;
    }

    /** Returns the type of the only argument of a row, as a tag of {@link ColumnVector}; below 0 where it has not one. */
    byte tag(int index) {
        return tags[place(index)];
    }

    long longAt(int index) {
        return bits[place(index)];
    }

    double doubleAt(int index) {
        return Double.longBitsToDouble(bits[place(index)]);
    }

    /** Returns the arguments of a row, as they were added. */
    @Nullable
    Object[] get(int index) {
        int place = place(index);
        return switch (tags[place]) {
            case LEFT_OUT -> AggregateCalls.LEFT_OUT;
            case SEVERAL -> several(place);
            default -> new @Nullable Object[] {value(place)};
        };
    }

    /** Returns the arguments of a row, in the array if there is only one. */
    @Nullable
    Object[] get(int index, @Nullable Object[] one) {
        int place = place(index);
        if (tags[place] < 0) {
            return get(index);
        }
        one[0] = value(place);
        return one;
    }

    private @Nullable Object[] several(int place) {
        return place < objects.length && objects[place] instanceof @Nullable Object[] arguments
                ? arguments
                : NO_ARGUMENTS;
    }

    private @Nullable Object value(int place) {
        return switch (tags[place]) {
            case ColumnVector.LONG -> (Object) bits[place];
            case ColumnVector.DOUBLE -> (Object) Double.longBitsToDouble(bits[place]);
            case ColumnVector.NULL -> null;
            default -> objects[place];
        };
    }

    void removeFirst() {
        forget(head);
        head = place(1);
        size--;
    }

    void removeLast() {
        forget(place(--size));
    }

    private void forget(int place) {
        if (objects.length > 0) {
            objects[place] = null;
        }
    }
}
