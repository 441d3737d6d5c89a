package io.varuna.plugin.codec.json;

/**
 * What a piece of JSON is like whose names and punctuation stay, whose numbers have their digits at the same places and whose
 * texts have as many characters. Eight bytes at a time are compared with what may stand in their places. What fits is JSON of
 * the same form, since the piece that the pattern was learned of was. Immutable.
 */
final class BytePattern {
    /** Returned where everything fits. */
    static final int FITS = -1;

    /** For each word: what its bytes are XORed with, and what is added to see whether one is too large then. */
    private final long[] words;

    private final int length;
    private final int lastWord;
    /** Has the bytes of the last word that count. */
    private final long lastMask;

    private final int[] leads;
    private final int[] texts;

    /**
     * Creates a pattern, of at least one byte; none fits zero, so that none goes on behind the end of a payload.
     *
     * @param words two for each word
     * @param leads where digits are that must not be 0
     * @param texts where texts begin and end that are of any characters
     */
    BytePattern(long[] words, int length, int[] leads, int[] texts) {
        this.words = words;
        this.length = length;
        this.lastWord = (length - 1) / Long.BYTES;
        this.lastMask = -1L >>> (Long.SIZE - (length - lastWord * Long.BYTES) * Byte.SIZE);
        this.leads = leads;
        this.texts = texts;
    }

    int length() {
        return length;
    }

    /** Returns how many bytes from {@code at} on fit before one does not, or {@link #FITS}. */
    int misfit(byte[] bytes, int at) {
        long[] expected = words;
        int last = lastWord;
        for (int i = 0; i < last; i++) {
            long odd = Words.above(Words.at(bytes, at + Long.BYTES * i) ^ expected[2 * i], expected[2 * i + 1]);
            if (odd != 0) {
                return first(bytes, at, Long.BYTES * i + Words.first(odd));
            }
        }
        long odd = lastMask
                & Words.above(Words.at(bytes, at + Long.BYTES * last) ^ expected[2 * last], expected[2 * last + 1]);
        if (odd != 0) {
            return first(bytes, at, Long.BYTES * last + Words.first(odd));
        }
        int zeros = 0;
        for (int lead : leads) {
            // below 0 for one
            zeros |= bytes[at + lead] - '1';
        }
        if (zeros < 0 || texts.length > 0) {
            int first = first(bytes, at, length);
            return first < length ? first : FITS;
        }
        return FITS;
    }

    /** Returns the first place that does not fit, if all bytes before {@code known} are within their bounds. */
    private int first(byte[] bytes, int at, int known) {
        int first = known;
        for (int i = 0; i < texts.length && texts[i] < first; i += 2) {
            if (!TextScanner.isPlain(bytes, at + texts[i], texts[i + 1] - texts[i])) {
                first = texts[i];
            }
        }
        for (int i = 0; i < leads.length && leads[i] < first; i++) {
            if (bytes[at + leads[i]] == '0') {
                first = leads[i];
            }
        }
        return first;
    }
}
