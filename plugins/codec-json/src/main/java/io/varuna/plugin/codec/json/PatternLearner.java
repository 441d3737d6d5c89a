package io.varuna.plugin.codec.json;

import java.util.Arrays;

/** Puts the pattern of a piece of a record together. */
final class PatternLearner {
    private static final int LONGEST_NUMBER = 15;
    private byte[] same = new byte[256];
    private byte[] most = new byte[256];
    private int length;
    private int[] leads = {};
    private int[] texts = {};

    /** Returns how many bytes were added. */
    int length() {
        return length;
    }

    /** Adds bytes that stay. */
    void addSame(byte[] bytes) {
        for (byte one : bytes) {
            addSame(one);
        }
    }

    private void addSame(byte one) {
        add(one, 0);
    }

    /** Adds a text of any plain characters, without its quotes. */
    void addText(int characters) {
        texts = with(with(texts, length), length + characters);
        for (int i = 0; i < characters; i++) {
            add((byte) Words.LARGEST_ASCII, Words.LARGEST_ASCII - ' ');
        }
    }

    /**
     * Adds a value that is JSON: a scalar or an array.
     *
     * @param quoted whether it is a text without its quotes
     * @return false, and nothing is added, if a number in it is long or has an exponent
     */
    boolean addValue(byte[] json, boolean quoted) {
        int before = length;
        int[] leadsBefore = leads;
        boolean text = quoted;
        int at = 0;
        while (at < json.length) {
            byte one = json[at];
            if (text && one == '\\') {
                int end = at + (json[at + 1] == 'u' ? 6 : 2);
                addSame(Arrays.copyOfRange(json, at, end));
                at = end;
            } else if (text && one != '"') {
                addCharacter(one);
                at++;
            } else if (!text && NumberScanner.isFirst(one)) {
                at = addNumber(json, at);
                if (at < 0) {
                    length = before;
                    leads = leadsBefore;
                    return false;
                }
            } else {
                text ^= one == '"';
                addSame(one);
                at++;
            }
        }
        return true;
    }

    /** Adds a character of a text, instead of which another one of its kind may stand; no kind has quote or backslash. */
    private void addCharacter(byte one) {
        if (one >= 0x60) {
            add((byte) 0x60, 0x1f);
        } else if (one >= '@' && one < '\\') {
            add((byte) '@', '[' - '@');
        } else if (one >= '0' && one < '@') {
            add((byte) '0', 0xf);
        } else if (one >= '(' && one < '0') {
            add((byte) '(', 7);
        } else {
            addSame(one);
        }
    }

    private static int[] with(int[] places, int another) {
        int[] all = Arrays.copyOf(places, places.length + 1);
        all[places.length] = another;
        return all;
    }

    /** Adds a number and returns where it ends, or -1 if it is long or has an exponent. */
    private int addNumber(byte[] json, int start) {
        int at = start;
        if (json[at] == '-') {
            addSame(json[at]);
            at++;
        }
        if (at + 1 < json.length && isDigit(json[at + 1])) {
            leads = with(leads, length);
        }
        while (at < json.length && (isDigit(json[at]) || json[at] == '.')) {
            if (json[at] == '.') {
                addSame(json[at]);
            } else {
                add((byte) '0', 9);
            }
            at++;
        }
        boolean exponent = at < json.length && (json[at] | 0x20) == 'e';
        return exponent || at - start > LONGEST_NUMBER ? -1 : at;
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }

    /** Adds a byte that is not above a number after it is XORed with another. */
    private void add(byte base, int largest) {
        if (length == same.length) {
            same = Arrays.copyOf(same, 2 * length);
            most = Arrays.copyOf(most, 2 * length);
        }
        same[length] = base;
        most[length] = (byte) (Words.LARGEST_ASCII - largest);
        length++;
    }

    /** Returns the pattern of what was added since the last call. */
    BytePattern take() {
        long[] words = new long[2 * ((length + Long.BYTES - 1) / Long.BYTES)];
        for (int i = 0; i < length; i++) {
            int word = 2 * (i / Long.BYTES);
            int shift = i % Long.BYTES * Byte.SIZE;
            words[word] |= (same[i] & 0xffL) << shift;
            words[word + 1] |= (most[i] & 0xffL) << shift;
        }
        BytePattern pattern = new BytePattern(words, length, leads, texts);
        length = 0;
        leads = new int[0];
        texts = new int[0];
        return pattern;
    }
}
