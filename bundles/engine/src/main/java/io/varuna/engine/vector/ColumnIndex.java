package io.varuna.engine.vector;

import io.varuna.engine.data.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a column are, by value: numbers in their order, texts by their hashes. Made when many rules compare the
 * column with constants in one batch, so that each of them looks only at the rows that can match. One thread at a time.
 */
final class ColumnIndex {
    /** How often a column is compared within a batch before an index pays. */
    private static final int OFTEN = 16;

    /** How many rows are worth an index. */
    private static final int MANY = 128;

    /** If more than one of so many rows match, a loop over all of them is as quick. */
    private static final int FEW = 8;

    private static final int[] NONE = {};

    private @Nullable ColumnVector column;
    private int version;
    private int rows;
    private int asked;

    private boolean numbersKnown;
    private long[] numbers = {};
    private int[] numberRows = NONE;
    private int numberCount;
    private int[] notNumbers = NONE;

    private boolean textsKnown;

    /** For each hash the first row and one, 0 for none; for each row the next one with such a hash, and one. */
    private int[] heads = NONE;

    private int[] next = NONE;
    private int[] notTexts = NONE;

    /** Returns the index of the first rows of a column, or null if it does not pay. */
    static @Nullable ColumnIndex of(ColumnVector column, int rows) {
        if (rows < MANY) {
            return null;
        }
        ColumnIndex index = column.known(ColumnIndex.class, ColumnIndex::new);
        return index.paysFor(column, rows) ? index : null;
    }

    private boolean paysFor(ColumnVector asking, int count) {
        if (version != asking.version() || rows != count || column == null) {
            column = asking;
            version = asking.version();
            rows = count;
            asked = 0;
            numbersKnown = false;
            textsKnown = false;
        }
        return ++asked > OFTEN;
    }

    /** Returns the rows that {@link #selectNumbers} leaves out, in order. */
    int[] notNumbers() {
        return notNumbers;
    }

    /** Returns the rows that {@link #selectTexts} leaves out, in order. */
    int[] notTexts() {
        return notTexts;
    }

    /**
     * Selects the rows whose numbers compare as accepted with one, all of them as {@linkplain Order#sortable sortable} bits, in
     * any order; selects none and returns false if a loop is better.
     */
    boolean selectNumbers(int accepted, long number, Selection selected) {
        learnNumbers();
        int from = first(number);
        int to = from;
        while (to < numberCount && numbers[to] == number) {
            to++;
        }
        int less = Order.holds(accepted, -1) * from;
        int same = Order.holds(accepted, 0) * (to - from);
        int greater = Order.holds(accepted, 1) * (numberCount - to);
        if (less + same + greater + notNumbers.length > rows / FEW) {
            return false;
        }
        int[] kept = selected.rows();
        System.arraycopy(numberRows, 0, kept, 0, less);
        System.arraycopy(numberRows, from, kept, less, same);
        System.arraycopy(numberRows, to, kept, less + same, greater);
        selected.size(less + same + greater);
        return true;
    }

    /** Returns the index of the first number that is not less. */
    private int first(long number) {
        int low = 0;
        int high = numberCount;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void learnNumbers() {
        ColumnVector values = column;
        if (numbersKnown || values == null) {
            return;
        }
        if (numbers.length < rows) {
            numbers = new long[rows];
            numberRows = new int[rows];
        }
        byte[] tags = values.tags();
        long[] bits = values.bits();
        int[] others = new int[rows];
        int otherCount = 0;
        numberCount = 0;
        for (int row = 0; row < rows; row++) {
            if (Numbers.isExact(tags[row], bits[row])) {
                long given = Numbers.doubleBits(tags[row], bits[row]);
                // -0.0 and 0.0 are equal
                numbers[numberCount] = given == Long.MIN_VALUE ? 0 : Order.sortable(given);
                numberRows[numberCount++] = row;
            } else {
                others[otherCount++] = row;
            }
        }
        notNumbers = Arrays.copyOf(others, otherCount);
        sort();
        numbersKnown = true;
    }

    /** Sorts the numbers byte by byte, from the lowest to the highest one. */
    private void sort() {
        long[] keys = numbers;
        int[] places = numberRows;
        long[] otherKeys = new long[keys.length];
        int[] otherPlaces = new int[places.length];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            // the highest byte has the sign
            int flip = shift == Long.SIZE - Byte.SIZE ? 0x80 : 0;
            int[] ends = new int[(1 << Byte.SIZE) + 1];
            for (int i = 0; i < numberCount; i++) {
                ends[(((int) (keys[i] >>> shift) & 0xFF) ^ flip) + 1]++;
            }
            for (int i = 1; i < ends.length; i++) {
                ends[i] += ends[i - 1];
            }
            for (int i = 0; i < numberCount; i++) {
                int at = ends[((int) (keys[i] >>> shift) & 0xFF) ^ flip]++;
                otherKeys[at] = keys[i];
                otherPlaces[at] = places[i];
            }
            long[] sortedKeys = otherKeys;
            otherKeys = keys;
            keys = sortedKeys;
            int[] sortedPlaces = otherPlaces;
            otherPlaces = places;
            places = sortedPlaces;
        }
        numbers = keys;
        numberRows = places;
    }

    /** Selects the rows with a text, in order; selects none and returns false if a loop is better. */
    boolean selectTexts(ColumnVector text, Selection selected) {
        learnTexts();
        ColumnVector values = column;
        if (values == null || notTexts.length > rows / FEW) {
            return false;
        }
        int hash = ShortText.hash(text.text(), text.textOffset(0), text.textLength(0));
        int size = 0;
        for (int at = heads[hash & (heads.length - 1)]; at != 0; at = next[at - 1]) {
            if (size > rows / FEW) {
                return false;
            }
            if (Order.sameText(values, at - 1, text, 0)) {
                selected.rows()[size++] = at - 1;
            }
        }
        selected.size(size);
        return true;
    }

    private void learnTexts() {
        ColumnVector values = column;
        if (textsKnown || values == null) {
            return;
        }
        if (next.length < rows) {
            next = new int[rows];
            heads = new int[2 * Integer.highestOneBit(2 * rows - 1)];
        } else {
            Arrays.fill(heads, 0);
        }
        int[] others = new int[rows];
        int first = rows;
        for (int row = rows - 1; row >= 0; row--) {
            if (values.tag(row) == ColumnVector.TEXT) {
                int hash = ShortText.hash(values.text(), values.textOffset(row), values.textLength(row));
                next[row] = heads[hash & (heads.length - 1)];
                heads[hash & (heads.length - 1)] = row + 1;
            } else {
                others[--first] = row;
            }
        }
        notTexts = Arrays.copyOfRange(others, first, rows);
        textsKnown = true;
    }
}
