package io.varuna.engine.aggregate;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.plugin.PluginFailure;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Rows of a batch with the numbers of their groups. Rows that a call refuses are left out for the calls after it. */
final class GroupedBatch {
    private final KeyWords keys = new KeyWords();
    private ColumnBatch batch;
    private int[] places = new int[0];
    private int[] groups = new int[0];
    private long[] longs = new long[0];
    private double[] doubles = new double[0];
    private int size;
    private @Nullable TreeMap<Integer, Exception> failures;

    /** The rows that pass a filter, and what these are a part of. */
    private @Nullable GroupedBatch passing;

    private final @Nullable GroupedBatch whole;

    GroupedBatch(ColumnBatch batch) {
        this(batch, null);
    }

    private GroupedBatch(ColumnBatch batch, @Nullable GroupedBatch whole) {
        this.batch = batch;
        this.whole = whole;
    }

    /** Takes selected rows of a batch, from one to before another, and numbers their groups. */
    void group(ColumnBatch rows, int from, int to, int keyColumns, GroupTable table, KeyWords room) {
        batch = rows;
        size = to - from;
        reserve(size);
        System.arraycopy(rows.selection(), from, places, 0, size);
        keys.clear();
        keys.addAll(rows, keyColumns, places, size);
        table.find(rows, places, keys, longs, groups, room);
    }

    private void reserve(int rows) {
        if (rows > places.length) {
            places = new int[rows];
            groups = new int[rows];
            longs = new long[rows];
            doubles = new double[rows];
        }
    }

    /** Returns the rows for which a column is true; what they are refused for counts for these ones. Valid until the next call. */
    GroupedBatch passing(int column) {
        GroupedBatch part = passing;
        if (part == null) {
            part = new GroupedBatch(batch, this);
            passing = part;
        }
        part.batch = batch;
        part.reserve(size);
        long[] truth = batch.column(column).bits();
        int count = 0;
        for (int i = 0; i < size; i++) {
            part.places[count] = places[i];
            part.groups[count] = groups[i];
            count += (int) truth[places[i]];
        }
        part.size = count;
        return part;
    }

    ColumnBatch batch() {
        return batch;
    }

    int size() {
        return size;
    }

    /** Returns the places of the rows in the batch. */
    int[] places() {
        return places;
    }

    /** Returns the numbers of the groups of the rows. */
    int[] groups() {
        return groups;
    }

    /** Returns room for a number for each row. */
    long[] longs() {
        return longs;
    }

    /** Returns room for a number for each row. */
    double[] doubles() {
        return doubles;
    }

    /** Notes that a row is refused. */
    void refused(int index, Throwable cause) {
        (whole == null ? this : whole).fail(places[index], cause);
    }

    private void fail(int place, Throwable cause) {
        if (failures == null) {
            failures = new TreeMap<>();
        }
        failures.putIfAbsent(place, PluginFailure.asException(cause));
    }

    /** Leaves out what was refused. */
    void settle() {
        if (failures == null) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!failures.containsKey(places[i])) {
                places[kept] = places[i];
                groups[kept++] = groups[i];
            }
        }
        size = kept;
    }

    /** Tells which rows were refused, by their places in the batch, in order, and forgets them. */
    void report(BiConsumer<Exception, Integer> trouble) {
        Map<Integer, Exception> refused = failures;
        failures = null;
        if (refused != null) {
            refused.forEach((place, cause) -> trouble.accept(cause, place));
        }
    }
}
