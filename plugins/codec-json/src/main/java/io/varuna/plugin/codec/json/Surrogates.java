package io.varuna.plugin.codec.json;

/** UTF-8 that can also hold half of a surrogate pair, which JSON can escape though it is no character. */
final class Surrogates {
    private Surrogates() {}

    /** Writes a code point, and returns how many bytes it takes. */
    static int encode(int codePoint, byte[] bytes, int at) {
        if (codePoint < 0x80) {
            bytes[at] = (byte) codePoint;
            return 1;
        }
        if (codePoint < 0x800) {
            bytes[at] = (byte) (0xc0 | (codePoint >> 6));
            bytes[at + 1] = continuation(codePoint);
            return 2;
        }
        if (codePoint < 0x10000) {
            bytes[at] = (byte) (0xe0 | (codePoint >> 12));
            bytes[at + 1] = continuation(codePoint >> 6);
            bytes[at + 2] = continuation(codePoint);
            return 3;
        }
        bytes[at] = (byte) (0xf0 | (codePoint >> 18));
        bytes[at + 1] = continuation(codePoint >> 12);
        bytes[at + 2] = continuation(codePoint >> 6);
        bytes[at + 3] = continuation(codePoint);
        return 4;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    /** Reads what {@link #encode} wrote. */
    static String decode(byte[] bytes, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        int at = offset;
        while (at < offset + length) {
            int lead = bytes[at] & 0xff;
            int more = Math.max(Integer.numberOfLeadingZeros(~(lead << 24)) - 1, 0);
            int codePoint = more == 0 ? lead : lead & (0x3f >> more);
            for (int i = 1; i <= more; i++) {
                codePoint = codePoint << 6 | (bytes[at + i] & 0x3f);
            }
            text.appendCodePoint(codePoint);
            at += more + 1;
        }
        return text.toString();
    }
}
