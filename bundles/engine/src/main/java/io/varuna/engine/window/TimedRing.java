package io.varuna.engine.window;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Things with their times, oldest first, without an object for each. One thread at a time. */
final class TimedRing<T> {
    private static final int FIRST_ROOM = 16;

    private long[] times = new long[FIRST_ROOM];
    private @Nullable Object[] things = new @Nullable Object[FIRST_ROOM];
    private int head;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long time, T thing) {
        if (size == times.length) {
            grow();
        }
        int place = place(size++);
        times[place] = time;
        things[place] = thing;
    }

    private int place(int index) {
        return (head + index) & (times.length - 1);
    }

    private void grow() {
        int moved = size - head;
        long[] newTimes = Arrays.copyOfRange(times, head, head + 2 * size);
        System.arraycopy(times, 0, newTimes, moved, head);
        @Nullable Object[] newThings = Arrays.copyOfRange(things, head, head + 2 * size);
        System.arraycopy(things, 0, newThings, moved, head);
        times = newTimes;
        things = newThings;
        head = 0;
    }

    long time(int index) {
        return times[place(index)];
    }

    long firstTime() {
        return times[head];
    }

    @SuppressWarnings("unchecked") // only such things are added
    T get(int index) {
        return (T) Objects.requireNonNull(things[place(index)]);
    }

    T removeFirst() {
        T first = get(0);
        things[head] = null;
        head = place(1);
        size--;
        return first;
    }

    void clear() {
        Arrays.fill(things, null);
        head = 0;
        size = 0;
    }
}
