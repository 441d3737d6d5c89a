package io.varuna.plugin.mqtt;

/**
 * Arrays that payloads are copied into one behind the other, so that small ones need no array each. An array lives as long as
 * one of its messages waits for the rules.
 */
final class PayloadRoom {
    private static final int SIZE = 32 * 1024;

    private byte[] bytes = {};
    private int used;

    /** Makes room in {@link #bytes}, and returns where it begins. */
    int take(int length) {
        if (bytes.length - used < length) {
            bytes = new byte[Math.max(SIZE, length)];
            used = 0;
        }
        int offset = used;
        used += length;
        return offset;
    }

    byte[] bytes() {
        return bytes;
    }
}
