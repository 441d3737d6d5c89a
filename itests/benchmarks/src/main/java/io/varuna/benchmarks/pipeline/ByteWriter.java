package io.varuna.benchmarks.pipeline;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.nio.charset.StandardCharsets;

/** Writes numbers into a buffer that is used again. */
final class ByteWriter {
    private static final double FRACTION = 1e4;
    private static final int FRACTION_DIGITS = 4;

    private final byte[] bytes = new byte[256];
    private int size;

    void begin() {
        size = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    @SuppressWarnings("deprecation") // the quickest way for ASCII
    void literal(String text) {
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    void whole(long value) {
        if (value < 0) {
            bytes[size++] = '-';
            whole(-value);
            return;
        }
        int start = size;
        for (long power = 1; power <= value || power == 1; power *= 10) {
            size++;
        }
        long rest = value;
        for (int i = size - 1; i >= start; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Writes the shortest text that is read as the same number. */
    void decimal(double value) {
        long fixed = Math.round(value * FRACTION);
        if (fixed / FRACTION != value || Math.abs(fixed) >= 1_000_000_000_000L) {
            byte[] text = DoubleToDecimal.toString(value).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, bytes, size, text.length);
            size += text.length;
            return;
        }
        if (fixed < 0) {
            bytes[size++] = '-';
            fixed = -fixed;
        }
        whole(fixed / (long) FRACTION);
        int fraction = (int) (fixed % (long) FRACTION);
        if (fraction == 0) {
            return;
        }
        bytes[size++] = '.';
        for (int i = FRACTION_DIGITS - 1; i >= 0; i--) {
            bytes[size + i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        size += FRACTION_DIGITS;
        while (bytes[size - 1] == '0') {
            size--;
        }
    }
}
