package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lanes of selected rows. They belong to the source, and are used again for the next selection. One thread at a time. */
final class Lanes {
    private static final int BLOCK = 1_024;
    /** For each tag of values that lie in the bits of their cells, or are found by them, so many of it. */
    private static final byte[][] BLOCKS = new byte[ColumnVector.TEXT + 1][BLOCK];

    static {
        for (int tag = 0; tag < BLOCKS.length; tag++) {
            Arrays.fill(BLOCKS[tag], (byte) tag);
        }
    }

    private final List<Lane> all = new ArrayList<>();
    private Lane[] free = {};
    private int freeCount;
    private @Nullable Lane[] columns = {};
    /** For each column, whether it was tried. */
    private boolean[] tried = {};

    private @Nullable ColumnBatch batch;
    private int[] places = {};
    private int count;

    /** Begins with other rows; whatever lanes there were are used again. */
    static Lanes of(ColumnBatch batch, int[] places, int count) {
        Lanes lanes = batch.scratch().only(Lanes.class, Lanes::new);
        lanes.begin(batch, places, count);
        return lanes;
    }

    private void begin(ColumnBatch ofBatch, int[] ofPlaces, int ofCount) {
        batch = ofBatch;
        places = ofPlaces;
        count = ofCount;
        free = all.toArray(free);
        freeCount = all.size();
        if (columns.length < ofBatch.width()) {
            columns = new @Nullable Lane[ofBatch.width()];
            tried = new boolean[ofBatch.width()];
        } else {
            Arrays.fill(columns, null);
            Arrays.fill(tried, false);
        }
    }

    int count() {
        return count;
    }

    int[] places() {
        return places;
    }

    ColumnBatch batch() {
        if (batch == null) {
            throw new IllegalStateException("no rows yet");
        }
        return batch;
    }

    /** Returns a lane to compute into. */
    Lane take() {
        if (freeCount == 0) {
            Lane made = new Lane();
            all.add(made);
            free = Arrays.copyOf(free, all.size());
            return made;
        }
        return free[--freeCount].keep(false);
    }

    /** Returns a lane for what is computed of two, which are not used any more: one of them, unless both are kept. */
    Lane result(Lane a, Lane b) {
        if (a.isKept()) {
            return b.isKept() ? take() : b;
        }
        giveBack(b);
        return a;
    }

    /** Returns a lane for what is computed of another one, which is not used any more. */
    Lane result(Lane of) {
        return of.isKept() ? take() : of;
    }

    /** Takes back a lane that is not used any more. */
    void giveBack(Lane lane) {
        if (!lane.isKept()) {
            free[freeCount++] = lane;
        }
    }

    /** Returns the values of a column, or null if they are not all numbers, or all truth. */
    @Nullable
    Lane column(int index) {
        if (!tried[index]) {
            tried[index] = true;
            columns[index] = pack(batch().column(index));
        }
        return columns[index];
    }

    /** Returns the times of the rows. */
    Lane times() {
        Lane lane = take();
        long[] wholes = lane.wholes(count);
        long bits = 0;
        for (int i = 0; i < count; i++) {
            long time = batch().time(places[i]);
            wholes[i] = time;
            bits |= magnitude(time);
        }
        return lane.wholes(bound(bits));
    }

    private @Nullable Lane pack(ColumnVector column) {
        if (count == 0) {
            return null;
        }
        byte tag = column.tag(places[0]);
        if (tag > ColumnVector.BOOLEAN || tag < ColumnVector.LONG) {
            return null;
        }
        if (!isAll(column, tag, batch().rows(), places, count)) {
            return tag == ColumnVector.BOOLEAN ? null : packNumbers(column);
        }
        Lane lane = take();
        return switch (tag) {
            case ColumnVector.LONG -> packWholes(column.bits(), lane);
            case ColumnVector.DOUBLE -> packFractions(column.bits(), lane);
            default -> packTruths(column.bits(), lane);
        };
    }

    /** Tells whether the cells of rows have all the same tag, that of numbers, truth or texts. */
    static boolean isAll(ColumnVector column, byte tag, int rows, int[] places, int count) {
        byte[] tags = column.tags();
        // mostly no row has another, selected or not, and to compare all takes a moment only
        if (isAll(tags, BLOCKS[tag], rows)) {
            return true;
        }
        if (count == rows) {
            return false;
        }
        int others = 0;
        for (int i = 0; i < count; i++) {
            others |= tags[places[i]] ^ tag;
        }
        return others == 0;
    }

    private static boolean isAll(byte[] tags, byte[] block, int rows) {
        for (int from = 0; from < rows; from += BLOCK) {
            int length = Math.min(BLOCK, rows - from);
            if (!Arrays.equals(tags, from, from + length, block, 0, length)) {
                return false;
            }
        }
        return true;
    }

    private Lane packWholes(long[] bits, Lane lane) {
        long[] wholes = lane.wholes(count);
        long magnitudes = 0;
        if (count == batch().rows()) {
            for (int i = 0; i < count; i++) {
                long value = bits[i];
                wholes[i] = value;
                magnitudes |= magnitude(value);
            }
        } else {
            for (int i = 0; i < count; i++) {
                long value = bits[places[i]];
                wholes[i] = value;
                magnitudes |= magnitude(value);
            }
        }
        return lane.wholes(bound(magnitudes)).keep(true);
    }

    private Lane packFractions(long[] bits, Lane lane) {
        double[] fractions = lane.room(count);
        if (count == batch().rows()) {
            for (int i = 0; i < count; i++) {
                fractions[i] = Double.longBitsToDouble(bits[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                fractions[i] = Double.longBitsToDouble(bits[places[i]]);
            }
        }
        return lane.as(Lane.Kind.FRACTION).keep(true);
    }

    private Lane packTruths(long[] bits, Lane lane) {
        byte[] truths = lane.truths(count);
        for (int i = 0; i < count; i++) {
            truths[i] = (byte) bits[places[i]];
        }
        return lane.as(Lane.Kind.TRUTH).keep(true);
    }

    private @Nullable Lane packNumbers(ColumnVector column) {
        byte[] tags = column.tags();
        long[] bits = column.bits();
        Lane lane = take();
        double[] fractions = lane.room(count);
        for (int i = 0; i < count; i++) {
            int row = places[i];
            if (!Numbers.isExact(tags[row], bits[row])) {
                giveBack(lane);
                return null;
            }
            fractions[i] = Numbers.asDouble(tags[row], bits[row]);
        }
        return lane.as(Lane.Kind.EITHER).keep(true);
    }

    /** Returns bits of which the highest is not below the highest of the number without its sign, but for the last. */
    static long magnitude(long value) {
        return value ^ (value >> 63);
    }

    /** Returns a bound of numbers from the magnitudes of all. */
    static long bound(long magnitudes) {
        return magnitudes == Long.MAX_VALUE ? magnitudes : magnitudes + 1;
    }

    /** Returns the values of a lane by their rows, or null if that is not known. */
    @Nullable
    ColumnVector unpack(Lane lane) {
        if (lane.kind() == Lane.Kind.EITHER) {
            return null;
        }
        ColumnVector values = batch().scratch().vector(batch().rows());
        lane.put(places, count, batch().rows(), values);
        return values;
    }
}
