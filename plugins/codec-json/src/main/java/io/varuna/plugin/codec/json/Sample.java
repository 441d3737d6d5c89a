package io.varuna.plugin.codec.json;

import java.util.Arrays;

/**
 * How a value at one place was written once. Most of the others there are written the same way, until it turns out that they
 * are not.
 */
final class Sample {
    private static final byte[] NONE = {};
    private static final int LONGEST = 256;
    private static final int PERIOD = 64;
    /** So many values of another form in a period are too many: each costs what the form saves of all around it. */
    private static final int MOST_SURPRISES = 4;

    private static final int MOST_CHANGES = 4;
    /** A change that long ago does not count any more: things change slowly, too. */
    private static final int LONG_AGO = 4_096;

    private final boolean quoted;
    private byte[] value;
    /** Whether it is a text with letters of all kinds at the same places. */
    private boolean mixed;

    private boolean varies;
    private long since;
    private int surprises;
    private long changed;
    private int changes;

    /**
     * Creates a sample.
     *
     * @param quoted whether it is a text without its quotes
     */
    Sample(byte[] bytes, int start, int end, boolean quoted) {
        this.quoted = quoted;
        this.varies = !isExpected(bytes, start, end);
        this.value = varies ? NONE : Arrays.copyOfRange(bytes, start, end);
    }

    /** Tells whether others like it are worth to be expected: short ones, and how deep they are must not matter. */
    private static boolean isExpected(byte[] bytes, int start, int end) {
        return end - start <= LONGEST && Usual.isFlat(bytes, start, end);
    }

    /** Tells whether nothing is to be expected of values. */
    boolean varies() {
        return varies;
    }

    /** Returns the value, unless others {@linkplain #varies vary}. */
    byte[] value() {
        return value;
    }

    /** Adds what values are like to a pattern; false, and nothing is added, if they differ too much. */
    boolean addTo(PatternLearner pattern) {
        if (varies) {
            return false;
        }
        if (!mixed) {
            return pattern.addValue(value, quoted);
        }
        byte[] quote = quoted ? new byte[0] : new byte[] {'"'};
        pattern.addSame(quote);
        pattern.addText(value.length - 2 * quote.length);
        pattern.addSame(quote);
        return true;
    }

    /** Takes note of a value that is written another way, and was checked; true if a pattern is to be learned anew. */
    boolean surprised(byte[] bytes, int start, int end, long record) {
        if (!mixed
                && end - start == value.length
                && isPlainText(bytes, start, end)
                && isPlainText(value, 0, end - start)) {
            mixed = true;
            return true;
        }
        if (record - since > PERIOD) {
            since = record;
            surprises = 0;
        }
        surprises++;
        if (surprises <= MOST_SURPRISES) {
            return false;
        }
        surprises = 0;
        changes = record - changed > LONG_AGO ? 1 : changes + 1;
        changed = record;
        varies = changes > MOST_CHANGES || !isExpected(bytes, start, end);
        value = varies ? NONE : Arrays.copyOfRange(bytes, start, end);
        mixed = false;
        return true;
    }

    private boolean isPlainText(byte[] bytes, int start, int end) {
        int quote = quoted ? 0 : 1;
        if (!quoted && (end - start < 2 || bytes[start] != '"')) {
            return false;
        }
        for (int at = start + quote; at < end - quote; at++) {
            if (bytes[at] < ' ' || bytes[at] == '"' || bytes[at] == '\\') {
                return false;
            }
        }
        return true;
    }
}
