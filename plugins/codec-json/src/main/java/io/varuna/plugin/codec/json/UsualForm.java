package io.varuna.plugin.codec.json;

import org.jspecify.annotations.Nullable;

/**
 * How the values at one place are usually written: numbers of one form, or texts of one length. Given up where there are many.
 */
final class UsualForm {
    private static final int PERIOD = 64;
    /** So many values of another form in a period are too many: each costs more than one of the usual form saves. */
    private static final int MOST_SURPRISES = 10;

    private static final int MOST_CHANGES = 8;
    private static final int LONGEST_TEXT = 64;

    private @Nullable NumberForm number;
    private int textLength = -1;
    private long since;
    private int surprises;
    private int changes;

    /** Creates what is not known yet. */
    UsualForm() {}

    /** Returns the form of numbers; null if there is none. */
    @Nullable
    NumberForm number() {
        return number;
    }

    /** Returns where a value ends that begins at {@code start} and has the usual form, otherwise -1. */
    int end(byte[] bytes, int start) {
        NumberForm usual = number;
        if (usual != null) {
            return usual.isAt(bytes, start) ? start + usual.length() : -1;
        }
        int length = textLength;
        return length >= 0 && TextScanner.isPlain(bytes, start, length) ? start + length : -1;
    }

    /**
     * Takes the form of a value that was checked as the usual one.
     *
     * @param quoted whether it is a text, without its quotes
     */
    void learn(byte[] bytes, int start, int end, boolean quoted) {
        boolean plain = quoted && end - start <= LONGEST_TEXT && TextScanner.isPlain(bytes, start, end - start);
        textLength = plain ? end - start : -1;
        number = !quoted && NumberScanner.isFirst(bytes[start]) ? NumberForm.of(bytes, start, end) : null;
    }

    /** Takes note of a value of another form, which was checked. */
    void surprised(byte[] bytes, int start, int end, boolean quoted, long record) {
        if (changes >= MOST_CHANGES) {
            return;
        }
        if (record - since > PERIOD) {
            since = record;
            surprises = 0;
        }
        surprises++;
        if (surprises <= MOST_SURPRISES) {
            return;
        }
        surprises = 0;
        changes++;
        if (changes < MOST_CHANGES) {
            learn(bytes, start, end, quoted);
        } else {
            textLength = -1;
            number = null;
        }
    }
}
