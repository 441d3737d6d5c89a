package io.varuna.plugin.codec.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time: the first byte is the lowest. Masks have the highest bit of a byte set where it is one. */
final class Words {
    /** What eight digits have in common. */
    static final long ZEROS = 0x3030303030303030L;

    static final int LARGEST_ASCII = 0x7f;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private Words() {}

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static void put(byte[] bytes, int index, long word) {
        LONGS.set(bytes, index, word);
    }

    /** Returns the position in its word of the first byte that a mask marks, or 8 if it is 0. */
    static int first(long mask) {
        return Long.numberOfTrailingZeros(mask) >>> 3;
    }

    /**
     * Marks what ends a plain piece of text: quotes, backslashes, control characters and bytes that are not ASCII. Bytes after
     * the first one may be marked wrongly, because of carries.
     */
    static long notPlain(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        return (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word) | word)
                & HIGHEST;
    }

    /** Tells whether some byte of a word is no text of JSON as it is: a quote, a backslash or a control character. */
    static boolean needsEscape(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        return ((((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word))
                        & HIGHEST)
                != 0;
    }

    /**
     * Marks bytes that are above others; exactly up to the first one.
     *
     * @param most for each byte, {@link #LARGEST_ASCII} less the largest that it may be
     */
    static long above(long word, long most) {
        return ((word + most) | word) & HIGHEST;
    }

    /** Returns how many digits a word begins with; the word was XORed with {@link #ZEROS}. */
    static int digits(long word) {
        long others = ((word + 0x7676767676767676L) | word) & HIGHEST;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** Marks bytes that are no digits, exactly; the word was XORed with {@link #ZEROS}. */
    static long notDigits(long word) {
        return (((word & ~HIGHEST) + 0x7676767676767676L) | word) & HIGHEST;
    }

    /** Returns a word without the byte at an index, those after it moved up. */
    static long without(long word, int index) {
        long before = (1L << (index << 3)) - 1;
        return (word & before) | ((word >>> Byte.SIZE) & ~before);
    }

    /** Returns the value of the first 1 to 8 digits of a word that was XORed with {@link #ZEROS}. */
    static long value(long word, int digits) {
        return value(word << (Long.SIZE - Byte.SIZE * digits));
    }

    /** Returns the value of a word of eight digits that was XORed with {@link #ZEROS}; zeros may stand before them. */
    static long value(long aligned) {
        long pairs = aligned * 10 + (aligned >>> 8);
        return ((pairs & 0x000000ff000000ffL) * 0x000f424000000064L
                        + ((pairs >>> 16) & 0x000000ff000000ffL) * 0x0000271000000001L)
                >>> 32;
    }
}
