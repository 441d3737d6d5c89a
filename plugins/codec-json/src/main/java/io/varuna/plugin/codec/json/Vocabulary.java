package io.varuna.plugin.codec.json;

/** How many further names a decoder remembers: some, but not every name that anybody makes up. */
final class Vocabulary {
    private int left = 4_096;

    boolean takeOne() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
