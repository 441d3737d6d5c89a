package io.varuna.plugin.http;

/** How many bytes of a body are taken: it is held in memory as a whole. */
final class BodySize {
    private static final int MOST = 1 << 30;

    private BodySize() {}

    /** Checks property {@code maxBodySize}. */
    static int checked(int bytes) {
        if (bytes < 1 || bytes > MOST) {
            throw InvalidProperty.of("maxBodySize", "a number of bytes from 1 to " + MOST, bytes);
        }
        return bytes;
    }
}
