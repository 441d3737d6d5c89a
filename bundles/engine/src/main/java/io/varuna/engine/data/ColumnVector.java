package io.varuna.engine.data;

import io.varuna.api.codec.LateReader;
import io.varuna.api.data.Missing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column for the rows of a batch: for each row a tag, and 64 bits that hold the value or say where it is.
 * Nothing is allocated for numbers, booleans and texts that come as bytes. Grows as needed and can be used again. One thread
 * at a time.
 *
 * <p>The arrays are handed out to the loops that work on whole columns; they are exchanged when the vector grows.
 */
public final class ColumnVector {
    /** The row does not have the column. */
    public static final byte MISSING = 0;

    public static final byte NULL = 1;

    /** The bits are the number. */
    public static final byte LONG = 2;

    /** The bits are those of the number; there is only one NaN. */
    public static final byte DOUBLE = 3;

    /** The bits are 1 for true, 0 for false. */
    public static final byte BOOLEAN = 4;

    /** A text in UTF-8: the bits are the place of its first byte, times 2^32, plus the number of its bytes. */
    public static final byte TEXT = 5;

    /** A {@code String}. */
    public static final byte STRING = 6;

    /** Anything else. */
    public static final byte OBJECT = 7;

    /** Not a value: whoever computed the column leaves this row to an evaluator of rows. */
    public static final byte UNDECIDED = 8;

    /** How many bytes may be read after the last text, so that short ones can be read at once. */
    public static final int SLACK = 8;

    private static final int FIRST_TEXT = 64;

    private byte[] tags;
    private long[] bits;
    private @Nullable Object[] objects = new @Nullable Object[0];
    private byte[] text = new byte[0];
    private int textEnd;
    private int objectsEnd;
    /** Makes the objects that are not there yet. */
    private @Nullable IntFunction<Object> late;

    private @Nullable LateReader reader;

    /** What somebody found out about the values of a version. */
    private @Nullable Object known;

    private int version;

    public ColumnVector(int capacity) {
        tags = new byte[capacity];
        bits = new long[capacity];
    }

    /** Returns a number that changes when the values are forgotten, so that it can be told whether they still are the same. */
    public int version() {
        return version;
    }

    /** Returns the only object that is kept beside the values, whatever becomes of these; made by {@code maker} if need be. */
    public <T> T known(Class<T> type, Supplier<T> maker) {
        Object there = known;
        if (!type.isInstance(there)) {
            there = maker.get();
            known = there;
        }
        return type.cast(there);
    }

    /** Returns the tags of the rows. */
    public byte[] tags() {
        return tags;
    }

    /** Returns the bits of the rows. */
    public long[] bits() {
        return bits;
    }

    /** Returns the bytes of all texts, and {@link #SLACK} more. */
    public byte[] text() {
        return text;
    }

    public byte tag(int row) {
        return tags[row];
    }

    public long longAt(int row) {
        return bits[row];
    }

    public double doubleAt(int row) {
        return Double.longBitsToDouble(bits[row]);
    }

    public boolean booleanAt(int row) {
        return bits[row] != 0;
    }

    /** Returns where in {@link #text} a text begins. */
    public int textOffset(int row) {
        return (int) (bits[row] >>> 32);
    }

    /** Returns the number of bytes of a text. */
    public int textLength(int row) {
        return (int) bits[row];
    }

    /** Returns the value as rows have it: {@link Missing#VALUE} where the row does not have the column. */
    public @Nullable Object get(int row) {
        return switch (tags[row]) {
            case MISSING -> Missing.VALUE;
            case NULL -> null;
            case LONG -> bits[row];
            case DOUBLE -> Double.longBitsToDouble(bits[row]);
            case BOOLEAN -> bits[row] != 0;
            case TEXT -> string(row);
            case STRING, OBJECT -> object(row);
            default -> throw new IllegalStateException("row " + row + " is undecided");
        };
    }

    /** Returns a text, however it is held. */
    public String string(int row) {
        if (kept(row) instanceof String made) {
            return made;
        }
        String made = decode(row);
        // asked for again by the next rule, as like as not
        putObject(row, made);
        return made;
    }

    private String decode(int row) {
        return new String(text, textOffset(row), textLength(row), StandardCharsets.UTF_8);
    }

    private @Nullable Object kept(int row) {
        @Nullable Object[] there = objects;
        return row < there.length ? there[row] : null;
    }

    /** Returns the object that a row holds, which may have to be made. */
    Object object(int row) {
        Object there = kept(row);
        if (there != null) {
            return there;
        }
        Object made = make(row);
        putObject(row, made);
        return made;
    }

    private Object make(int row) {
        return Objects.requireNonNull(late, "late").apply(row);
    }

    /** Returns what {@link #get} returns, but keeps nothing of it, so that another thread may read meanwhile. */
    @Nullable
    Object peek(int row) {
        byte tag = tags[row];
        if (tag < TEXT || tag == UNDECIDED) {
            return get(row);
        }
        Object there = kept(row);
        if (there != null) {
            return there;
        }
        return tag == TEXT ? decode(row) : make(row);
    }

    public void putMissing(int row) {
        tags[row] = MISSING;
    }

    public void putNull(int row) {
        tags[row] = NULL;
    }

    public void putUndecided(int row) {
        tags[row] = UNDECIDED;
    }

    public void putLong(int row, long value) {
        tags[row] = LONG;
        bits[row] = value;
    }

    public void putDouble(int row, double value) {
        tags[row] = DOUBLE;
        bits[row] = Double.doubleToLongBits(value);
    }

    public void putBoolean(int row, boolean value) {
        tags[row] = BOOLEAN;
        bits[row] = value ? 1 : 0;
    }

    /** Gives the first rows the same tag; their bits are still to be set. */
    public void tagAll(int rows, byte tag) {
        Arrays.fill(tags, 0, rows, tag);
    }

    /** Puts NULL, a number or a boolean by its tag and bits. */
    public void put(int row, byte tag, long value) {
        tags[row] = tag;
        bits[row] = value;
    }

    /** Puts a text; the bytes are copied. */
    public void putText(int row, byte[] utf8, int offset, int length) {
        tags[row] = TEXT;
        putBytes(row, utf8, offset, length);
    }

    /** Puts an object that the reader makes of the bytes when it is asked for; they are copied. */
    void putLate(int row, byte[] bytes, int offset, int length, LateReader of) {
        tags[row] = OBJECT;
        putBytes(row, bytes, offset, length);
        if (of != reader) {
            reader = of;
            late = place -> of.read(text, textOffset(place), textLength(place));
        }
    }

    /** Makes rows objects that are made when they are asked for. */
    public void putLate(int[] rows, int count, IntFunction<Object> maker) {
        for (int i = 0; i < count; i++) {
            tags[rows[i]] = OBJECT;
        }
        late = maker;
    }

    private void putBytes(int row, byte[] bytes, int offset, int length) {
        bits[row] = ((long) append(bytes, offset, length) << 32) | length;
        if (row < objectsEnd) {
            objects[row] = null;
        }
    }

    /** Adds bytes of texts, and returns where they begin. */
    private int append(byte[] bytes, int offset, int length) {
        int start = textEnd;
        int end = start + length;
        if (end > text.length - SLACK) {
            text = Arrays.copyOf(text, Math.max(Math.max(FIRST_TEXT, 2 * text.length), end + SLACK));
        }
        ShortBytes.copy(bytes, offset, text, start, length);
        textEnd = end;
        return start;
    }

    /** Puts any value, as rows have it. */
    public void put(int row, @Nullable Object value) {
        if (value instanceof Long number) {
            putLong(row, number);
        } else if (value instanceof Double number) {
            putDouble(row, number);
        } else if (value instanceof String) {
            tags[row] = STRING;
            putObject(row, value);
        } else if (value instanceof Boolean bool) {
            putBoolean(row, bool);
        } else if (value == null) {
            tags[row] = NULL;
        } else if (value == Missing.VALUE) {
            tags[row] = MISSING;
        } else {
            tags[row] = OBJECT;
            putObject(row, value);
        }
    }

    private void putObject(int row, Object value) {
        if (row >= objects.length) {
            objects = Arrays.copyOf(objects, tags.length);
        }
        objects[row] = value;
        objectsEnd = Math.max(objectsEnd, row + 1);
    }

    /** Puts the value of another vector's row. */
    public void copy(int row, ColumnVector from, int fromRow) {
        byte tag = from.tags[fromRow];
        if (tag == TEXT) {
            putText(row, from.text, from.textOffset(fromRow), from.textLength(fromRow));
            return;
        }
        tags[row] = tag;
        bits[row] = from.bits[fromRow];
        if (tag == STRING || tag == OBJECT) {
            putObject(row, from.object(fromRow));
        }
    }

    /** Puts the values of some of another vector's rows, one behind the other. */
    void copy(int row, ColumnVector from, int[] fromRows, int count) {
        if (isRange(fromRows, count) && copyRange(row, from, fromRows[0], count)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            copy(row + i, from, fromRows[i]);
        }
    }

    private static boolean isRange(int[] rows, int count) {
        for (int i = 1; i < count; i++) {
            if (rows[i] != rows[0] + i) {
                return false;
            }
        }
        return count > 0;
    }

    /** Copies rows at once if they hold no objects, and their texts came one after the other; returns whether they did. */
    private boolean copyRange(int row, ColumnVector from, int fromRow, int count) {
        int start = Integer.MAX_VALUE;
        int end = 0;
        long length = 0;
        for (int i = fromRow; i < fromRow + count; i++) {
            if (from.tags[i] > TEXT) {
                return false;
            }
            if (from.tags[i] == TEXT) {
                start = Math.min(start, from.textOffset(i));
                end = Math.max(end, from.textOffset(i) + from.textLength(i));
                length += from.textLength(i);
            }
        }
        if (end - (long) start > 2 * length) {
            return false;
        }
        System.arraycopy(from.tags, fromRow, tags, row, count);
        System.arraycopy(from.bits, fromRow, bits, row, count);
        if (start <= end) {
            moveTexts(row, row + count, append(from.text, start, end - start) - start);
        }
        if (row < objectsEnd) {
            Arrays.fill(objects, row, Math.min(row + count, objectsEnd), null);
        }
        return true;
    }

    /** Says where texts are whose bytes were moved. */
    private void moveTexts(int fromRow, int toRow, int distance) {
        for (int i = fromRow; i < toRow; i++) {
            if (tags[i] == TEXT) {
                bits[i] += (long) distance << 32;
            }
        }
    }

    /** Forgets the first rows: the others, up to the number of rows there are, come to their places. There are no late objects. */
    void removeFirst(int count, int size) {
        version++;
        int start = textEnd;
        for (int i = count; i < size; i++) {
            start = tags[i] == TEXT ? Math.min(start, textOffset(i)) : start;
        }
        System.arraycopy(tags, count, tags, 0, size - count);
        System.arraycopy(bits, count, bits, 0, size - count);
        Arrays.fill(tags, size - count, size, MISSING);
        System.arraycopy(text, start, text, 0, textEnd - start);
        moveTexts(0, size - count, -start);
        textEnd -= start;
        int kept = Math.max(0, objectsEnd - count);
        System.arraycopy(objects, Math.min(count, objectsEnd), objects, 0, kept);
        Arrays.fill(objects, kept, objectsEnd, null);
        objectsEnd = kept;
    }

    /** Makes room for a number of rows. */
    public void ensure(int capacity) {
        if (capacity > tags.length) {
            int length = Math.max(capacity, 2 * tags.length);
            tags = Arrays.copyOf(tags, length);
            bits = Arrays.copyOf(bits, length);
        }
    }

    /** Makes the rows from one on missing, up to the number of rows there are. */
    public void truncate(int length, int size) {
        version++;
        Arrays.fill(tags, length, size, MISSING);
        if (length < objectsEnd) {
            Arrays.fill(objects, length, objectsEnd, null);
            objectsEnd = length;
        }
        if (length == 0) {
            textEnd = 0;
        }
    }

    /** Forgets all values, for the vector to be used again. What the rows hold then is not said. */
    ColumnVector reset() {
        version++;
        late = null;
        reader = null;
        Arrays.fill(objects, 0, objectsEnd, null);
        objectsEnd = 0;
        textEnd = 0;
        return this;
    }
}
