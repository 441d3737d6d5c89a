package io.varuna.engine.aggregate;

import io.varuna.engine.data.ColumnBatch;
import io.varuna.engine.data.ColumnVector;
import io.varuna.engine.data.RecordColumns;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some keys as words: for each column a head, with its type and length, and what it holds. Equal keys have equal words, and
 * different keys different ones; so numbers that are equal have the same words, be they whole or not. A key of anything but
 * numbers, logic and texts has none. One thread at a time.
 */
final class KeyWords {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final double EXACT = 1L << 53;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final int TAG_BITS = 8;

    private long[] words = new long[32];
    private int[] ends = new int[8];
    private int[] hashes = new int[8];
    private byte[] forms = new byte[8];
    private int size;
    private int end;

    /** The words hold what the key holds. */
    private static final byte PLAIN = 0;

    /** The words hold what the key is equal to, or may not be the only ones for it: the values decide. */
    private static final byte BY_VALUES = 1;

    /** There are no words. */
    private static final byte NO_WORDS = 2;

    void clear() {
        size = 0;
        end = 0;
    }

    int size() {
        return size;
    }

    long[] words() {
        return words;
    }

    int start(int key) {
        return key == 0 ? 0 : ends[key - 1];
    }

    int length(int key) {
        return ends[key] - start(key);
    }

    int hash(int key) {
        return hashes[key];
    }

    boolean hasWords(int key) {
        return forms[key] != NO_WORDS;
    }

    /** Tells whether the words hold the very values of the key, and no other words do. */
    boolean isPlain(int key) {
        return forms[key] == PLAIN;
    }

    /** Adds the keys in the first columns of some rows. */
    void addAll(ColumnBatch batch, int columns, int[] places, int count) {
        int next = 0;
        while (next < count) {
            if (columns == 1) {
                next = addShortTexts(batch.column(0), places, next, count);
            }
            if (next < count) {
                add(batch, columns, places[next]);
                next++;
            }
        }
    }

    /**
     * Adds keys of one column as long as they are texts of one to eight bytes, as names of devices often are: two words each,
     * so that no row has to ask how many there are.
     *
     * @return the first place whose key is another one
     */
    private int addShortTexts(ColumnVector column, int[] places, int from, int to) {
        reserve(2 * (to - from));
        reserveKeys(to - from);
        byte[] tags = column.tags();
        long[] bits = column.bits();
        byte[] utf8 = column.text();
        int next = from;
        for (; next < to; next++) {
            int row = places[next];
            int length = (int) bits[row];
            if (tags[row] != ColumnVector.TEXT || length < 1 || length > Long.BYTES) {
                break;
            }
            long head = head(length);
            long eight = (long) EIGHT_BYTES.get(utf8, (int) (bits[row] >>> 32));
            long word = eight & (-1L >>> (Long.SIZE - Byte.SIZE * length));
            words[end] = head;
            words[end + 1] = word;
            end += 2;
            ends[size] = end;
            hashes[size] = hash(head, word);
            forms[size] = (word & NOT_ASCII) == 0 ? PLAIN : BY_VALUES;
            size++;
        }
        return next;
    }

    private static long head(int textLength) {
        return ColumnVector.TEXT | ((long) textLength << TAG_BITS);
    }

    /** Adds the key in the first columns of a row. */
    private void add(ColumnBatch batch, int columns, int row) {
        byte form = PLAIN;
        for (int i = 0; i < columns && form != NO_WORDS; i++) {
            ColumnVector column = batch.column(i);
            byte tag = column.tags()[row];
            long bits = column.bits()[row];
            byte held =
                    switch (tag) {
                        case ColumnVector.MISSING, ColumnVector.NULL -> put(ColumnVector.NULL, 0);
                        case ColumnVector.LONG, ColumnVector.BOOLEAN -> put(tag, bits);
                        case ColumnVector.DOUBLE -> putDouble(Double.longBitsToDouble(bits));
                        case ColumnVector.TEXT -> putText(column.text(), (int) (bits >>> 32), (int) bits)
                                ? PLAIN
                                : BY_VALUES;
                        default -> NO_WORDS;
                    };
            form = (byte) Math.max(form, held);
        }
        endKey(form);
    }

    /** Adds a key by its values. */
    void add(@Nullable Object[] values) {
        byte form = PLAIN;
        for (Object value : values) {
            form = (byte) Math.max(form, put(value));
        }
        endKey(form);
    }

    private byte put(@Nullable Object value) {
        if (value == null) {
            return put(ColumnVector.NULL, 0);
        }
        if (value instanceof Long number) {
            return put(ColumnVector.LONG, number);
        }
        if (value instanceof Double number) {
            return putDouble(number);
        }
        if (value instanceof Boolean bool) {
            return put(ColumnVector.BOOLEAN, bool ? 1 : 0);
        }
        if (!(value instanceof String text)) {
            return NO_WORDS;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putText(Arrays.copyOf(utf8, utf8.length + Long.BYTES), 0, utf8.length);
        // half of a surrogate pair has no bytes
        boolean faithful = !hasSurrogates(text) || new String(utf8, StandardCharsets.UTF_8).equals(text);
        return faithful ? PLAIN : NO_WORDS;
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private byte put(byte tag, long bits) {
        reserve(2);
        words[end++] = tag;
        words[end++] = bits;
        return PLAIN;
    }

    private byte putDouble(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
            put(ColumnVector.LONG, (long) number);
            return BY_VALUES;
        }
        return put(ColumnVector.DOUBLE, Double.doubleToLongBits(number));
    }

    /** Puts a text, after which some more bytes may be read; tells whether it is of ASCII only. */
    private boolean putText(byte[] utf8, int offset, int length) {
        int whole = length / Long.BYTES;
        int rest = length % Long.BYTES;
        reserve(whole + 2);
        words[end++] = head(length);
        long all = 0;
        for (int i = 0; i < whole; i++) {
            long eight = (long) EIGHT_BYTES.get(utf8, offset + i * Long.BYTES);
            words[end++] = eight;
            all |= eight;
        }
        if (rest > 0) {
            long last = (long) EIGHT_BYTES.get(utf8, offset + length - rest) & ((1L << (rest * Byte.SIZE)) - 1);
            words[end++] = last;
            all |= last;
        }
        return (all & NOT_ASCII) == 0;
    }

    private void endKey(byte form) {
        reserveKeys(1);
        int start = start(size);
        if (form == NO_WORDS) {
            end = start;
        }
        ends[size] = end;
        hashes[size] = hash(words, start, end);
        forms[size] = form;
        size++;
    }

    private void reserve(int more) {
        if (end + more > words.length) {
            words = Arrays.copyOf(words, Math.max(2 * words.length, end + more));
        }
    }

    private void reserveKeys(int more) {
        if (size + more > ends.length) {
            int length = Math.max(2 * ends.length, size + more);
            ends = Arrays.copyOf(ends, length);
            hashes = Arrays.copyOf(hashes, length);
            forms = Arrays.copyOf(forms, length);
        }
    }

    /** Mixes some words into one number. */
    static int hash(long[] words, int from, int to) {
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = mixed(hash, words[i]);
        }
        return folded(hash);
    }

    /** Returns the same for two words. */
    private static int hash(long first, long second) {
        return folded(mixed(mixed(2, first), second));
    }

    private static long mixed(long hash, long word) {
        long both = hash ^ word;
        // both halves of the product: a weak hash would cost more than it saves
        return (both * FACTOR) ^ Math.multiplyHigh(both, FACTOR);
    }

    private static int folded(long hash) {
        return (int) (hash ^ (hash >>> 32));
    }

    /** Returns the values of a key, by its words. */
    static @Nullable Object[] values(long[] words, int from, int columns) {
        @Nullable Object[] values = new @Nullable Object[columns];
        int at = from;
        for (int i = 0; i < columns; i++) {
            byte tag = (byte) words[at];
            if (tag == ColumnVector.TEXT) {
                int length = textLength(words[at]);
                values[i] = new String(bytes(words, at + 1, length), 0, length, StandardCharsets.UTF_8);
                at += 1 + textWords(length);
                continue;
            }
            long bits = words[at + 1];
            values[i] = switch (tag) {
                case ColumnVector.LONG -> (Object) bits;
                case ColumnVector.DOUBLE -> (Object) Double.longBitsToDouble(bits);
                case ColumnVector.BOOLEAN -> (Object) (bits != 0);
                default -> null;
            };
            at += 2;
        }
        return values;
    }

    /** Puts the values of a key into the first columns of the row that comes next. */
    static void putValues(long[] words, int from, RecordColumns rows, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            byte tag = (byte) words[at];
            if (tag == ColumnVector.TEXT) {
                int length = textLength(words[at]);
                rows.column(i).putText(rows.size(), bytes(words, at + 1, length), 0, length);
                at += 1 + textWords(length);
            } else {
                rows.column(i).put(rows.size(), tag, words[at + 1]);
                at += 2;
            }
        }
    }

    private static int textLength(long head) {
        return (int) (head >>> TAG_BITS);
    }

    private static int textWords(int length) {
        return (length + Long.BYTES - 1) / Long.BYTES;
    }

    private static byte[] bytes(long[] words, int from, int length) {
        int count = textWords(length);
        byte[] bytes = new byte[count * Long.BYTES];
        for (int i = 0; i < count; i++) {
            EIGHT_BYTES.set(bytes, i * Long.BYTES, words[from + i]);
        }
        return bytes;
    }
}
