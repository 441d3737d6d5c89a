package io.varuna.benchmarks.pipeline;

/** Finds where values of JSON end, looking at eight bytes at a time. May look at up to seven bytes behind the end. */
final class Scan {
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long COMMAS = ONES * ',';
    private static final long BRACES = ONES * '}';

    private Scan() {}

    /** Returns where the closing quote of a text is, from behind the opening one. */
    static int text(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long word = (long) Literal.LONGS.get(bytes, at);
            long hits = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
            if (hits == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            if (bytes[at] == '"') {
                return at;
            }
            at += 2;
        }
    }

    /** Returns where a number, true, false or null ends that is a member of an object. */
    static int bare(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long word = (long) Literal.LONGS.get(bytes, at);
            long hits = zeros(word ^ COMMAS) | zeros(word ^ BRACES);
            if (hits != 0) {
                return at + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
    }

    /** Returns where an array ends, from its opening bracket. */
    static int array(byte[] bytes, int from) {
        int depth = 0;
        int at = from;
        while (true) {
            switch (bytes[at]) {
                case '"' -> at = text(bytes, at + 1);
                case '[' -> depth++;
                case ']' -> depth--;
                default -> {
                    // a part of a number, or between two values
                }
            }
            at++;
            if (depth == 0) {
                return at;
            }
        }
    }

    /** Marks bytes that are zero by their top bit; exact for the lowest one. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & TOPS;
    }
}
