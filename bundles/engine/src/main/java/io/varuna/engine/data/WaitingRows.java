package io.varuna.engine.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait, in columns of their own, until they are taken in the order of their times; those of one time in the order in
 * which they came. As long as rows come in order nothing is sorted: only those that are older than one before them go into a
 * queue. One thread at a time.
 */
public final class WaitingRows {
    private static final int NONE = -1;
    private static final int FEW = 16;

    private ColumnVector[] columns = new ColumnVector[0];
    private long[] times = new long[0];

    /** What goes with the rows to the output; empty where nothing does. */
    private @Nullable Object[] tags = new @Nullable Object[0];

    private int end;

    /** The place of the first row that waits and is not astray; {@link #end} if there is none. */
    private int head;

    /** The time of the last row that is not astray. */
    private long latest;

    private final PriorityQueue<Stray> strays = new PriorityQueue<>();
    private final BitSet astray = new BitSet();
    private int waiting;
    private int[] taken = new int[0];
    private int takenCount;

    /** A row that is older than one before it. */
    private record Stray(long time, int place) implements Comparable<Stray> {
        @Override
        public int compareTo(Stray other) {
            return time == other.time ? Integer.compare(place, other.place) : Long.compare(time, other.time);
        }

        boolean isBefore(long otherTime, int otherPlace) {
            return time < otherTime || (time == otherTime && place < otherPlace);
        }
    }

    /** Takes the rows that wait, in their order. */
    @FunctionalInterface
    public interface Visitor {
        void row(@Nullable Object[] row, long time, @Nullable Object tag);
    }

    /** Returns how many rows wait. */
    public int size() {
        return waiting;
    }

    /**
     * Adds rows of a batch; their values are copied.
     *
     * @param places their places in the batch
     * @param width how many columns count, the first ones
     */
    public void add(ColumnBatch batch, int[] places, int count, int width) {
        reserve(end + count, width);
        for (int i = 0; i < width; i++) {
            columns[i].copy(end, batch.column(i), places, count);
        }
        for (int i = 0; i < count; i++) {
            endRow(batch.time(places[i]), batch.tag(places[i]));
        }
    }

    /** Adds a row. */
    public void add(@Nullable Object[] row, long time, @Nullable Object tag) {
        reserve(end + 1, row.length);
        for (int i = 0; i < row.length; i++) {
            columns[i].put(end, row[i]);
        }
        endRow(time, tag);
    }

    private void reserve(int rows, int width) {
        if (end == 0 && columns.length != width) {
            columns = vectors(width, times.length);
        }
        if (rows > times.length) {
            times = Arrays.copyOf(times, Math.max(Math.max(rows, FEW), 2 * times.length));
            for (ColumnVector column : columns) {
                column.ensure(times.length);
            }
        }
    }

    private static ColumnVector[] vectors(int width, int capacity) {
        ColumnVector[] made = new ColumnVector[width];
        Arrays.setAll(made, i -> new ColumnVector(capacity));
        return made;
    }

    private void endRow(long time, @Nullable Object tag) {
        if (tag != null && end >= tags.length) {
            tags = Arrays.copyOf(tags, times.length);
        }
        if (end < tags.length) {
            tags[end] = tag;
        }
        times[end] = time;
        if (head < end && time < latest) {
            astray.set(end);
            strays.add(new Stray(time, end));
        } else {
            latest = time;
        }
        end++;
        waiting++;
    }

    /** Returns the time of the first row; {@code Long.MAX_VALUE} if none waits. */
    public long firstTime() {
        int first = first();
        return first == NONE ? Long.MAX_VALUE : times[first];
    }

    private int first() {
        Stray stray = strays.peek();
        if (stray == null) {
            return head < end ? head : NONE;
        }
        return head == end || stray.isBefore(times[head], head) ? stray.place : head;
    }

    /** Takes the first rows whose times are not after one, at most so many; returns how many that are. */
    public int take(long until, int most) {
        takenCount = 0;
        if (taken.length < Math.min(most, waiting)) {
            taken = new int[Math.min(most, Math.max(FEW, 2 * waiting))];
        }
        while (takenCount < most && astray.isEmpty() && head < end && times[head] <= until) {
            taken[takenCount++] = head++;
        }
        while (takenCount < most && !astray.isEmpty()) {
            int first = first();
            if (first == NONE || times[first] > until) {
                break;
            }
            taken[takenCount++] = first;
            if (first == head) {
                head = astray.nextClearBit(head + 1);
            } else {
                strays.remove();
            }
        }
        waiting -= takenCount;
        return takenCount;
    }

    /** Adds the rows that were taken last to a batch. */
    public void addTo(RowBatch rows) {
        for (int i = 0; i < takenCount; i++) {
            rows.add(row(taken[i]), times[taken[i]], tag(taken[i]));
        }
    }

    /** Returns the rows that were taken last as columns, which are valid as long as others of the scratch. */
    public ColumnBatch columns(Scratch scratch) {
        ColumnVector[] copies = new ColumnVector[columns.length];
        Arrays.setAll(copies, i -> scratch.vector(takenCount));
        long[] copiedTimes = scratch.vector(takenCount).bits();
        @Nullable Object[] copiedTags = copy(taken, takenCount, copies, copiedTimes);
        return scratch.batch().show(copies, copiedTimes, copiedTags, takenCount);
    }

    /** Copies rows, and returns what goes with them to the output. */
    private @Nullable Object[] copy(int[] places, int count, ColumnVector[] toColumns, long[] toTimes) {
        for (int i = 0; i < columns.length; i++) {
            toColumns[i].copy(0, columns[i], places, count);
        }
        for (int i = 0; i < count; i++) {
            toTimes[i] = times[places[i]];
        }
        @Nullable Object[] toTags = new @Nullable Object[tags.length == 0 ? 0 : count];
        for (int i = 0; i < toTags.length; i++) {
            toTags[i] = tag(places[i]);
        }
        return toTags;
    }

    private @Nullable Object tag(int place) {
        return place < tags.length ? tags[place] : null;
    }

    private @Nullable Object[] row(int place) {
        @Nullable Object[] row = new @Nullable Object[columns.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = columns[i].get(place);
        }
        return row;
    }

    /** Lets go of the rows that were taken, if that is worth it. */
    public void settle() {
        if (waiting == 0) {
            clear();
        } else if (end > FEW && waiting < end / 2) {
            if (strays.isEmpty() && astray.nextSetBit(head) < 0) {
                removeTaken();
            } else {
                compact();
            }
        }
    }

    /** Moves the rows that wait to the beginning, where they are all those from the first one on. */
    private void removeTaken() {
        for (ColumnVector column : columns) {
            column.removeFirst(head, end);
        }
        System.arraycopy(times, head, times, 0, waiting);
        if (tags.length > 0) {
            tags = Arrays.copyOfRange(tags, Math.min(head, tags.length), Math.min(end, tags.length));
        }
        begin(waiting);
    }

    /** Copies the rows that wait, in their order, so that those that were taken need no more room. */
    private void compact() {
        int[] order = order();
        ColumnVector[] nextColumns = vectors(columns.length, 2 * waiting);
        long[] nextTimes = new long[2 * waiting];
        tags = copy(order, waiting, nextColumns, nextTimes);
        columns = nextColumns;
        times = nextTimes;
        begin(waiting);
        latest = times[end - 1];
    }

    /** Forgets all rows; room for many more than there were is not kept. */
    public void clear() {
        if (times.length > FEW && end < times.length / 8) {
            times = new long[0];
            columns = vectors(columns.length, 0);
        }
        for (ColumnVector column : columns) {
            column.truncate(0, times.length);
        }
        tags = new @Nullable Object[0];
        begin(0);
    }

    private void begin(int rows) {
        end = rows;
        head = 0;
        waiting = rows;
        astray.clear();
        strays.clear();
    }

    /** Shows the rows that wait, in their order. */
    public void forEach(Visitor visitor) {
        for (int place : order()) {
            visitor.row(row(place), times[place], tag(place));
        }
    }

    /** Returns the places of the rows that wait, in their order. */
    private int[] order() {
        Stray[] late = strays.stream().sorted().toArray(Stray[]::new);
        int[] order = new int[waiting];
        int next = head;
        int nextLate = 0;
        for (int i = 0; i < waiting; i++) {
            if (nextLate < late.length && (next == end || late[nextLate].isBefore(times[next], next))) {
                order[i] = late[nextLate++].place;
            } else {
                order[i] = next;
                next = astray.nextClearBit(next + 1);
            }
        }
        return order;
    }
}
