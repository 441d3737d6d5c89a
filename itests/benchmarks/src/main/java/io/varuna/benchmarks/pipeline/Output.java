package io.varuna.benchmarks.pipeline;

/** Where encoded results go. */
@FunctionalInterface
public interface Output {
    /** Takes a message; its bytes are used again. */
    void message(byte[] bytes, int offset, int length);

    /** Throws messages away, after a look that keeps the compiler from leaving out the work. */
    static Output discarding() {
        return new Discarding();
    }

    /** Remembers how much came, so that it has to be computed. */
    final class Discarding implements Output {
        private long seen;

        @Override
        public void message(byte[] bytes, int offset, int length) {
            seen += length + bytes[offset + length - 1];
        }

        @Override
        public String toString() {
            return "discarded: " + seen;
        }
    }
}
