package io.varuna.plugin.mqtt;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Arrays that payloads are copied into one behind the other, so that small ones need no array each. An array is used again when
 * all its messages are with the rules. Used on the event loop, but for {@link Shelf#release}.
 */
final class PayloadRoom {
    static final int SIZE = 32 * 1024;

    /** As many arrays as wait in a full inbox of small messages. */
    private static final int MOST_SPARE = 8;

    private final BlockingQueue<byte[]> spare = new ArrayBlockingQueue<>(MOST_SPARE);
    private Shelf shelf = new Shelf(new byte[0]);
    private int used;

    /** An array, and how many still use it. */
    final class Shelf {
        private final byte[] bytes;
        private final AtomicInteger users = new AtomicInteger(1);

        private Shelf(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        /** So many more use the array. Whoever forgets to release it leaves it to the garbage collector, no more. */
        void retain(int more) {
            users.addAndGet(more);
        }

        /** One uses the array no longer. Any thread. */
        void release() {
            if (users.decrementAndGet() == 0 && bytes.length == SIZE) {
                keep(bytes);
            }
        }
    }

    @SuppressWarnings("ResultOfMethodCallIgnored") // if there are enough, it is garbage
    private void keep(byte[] bytes) {
        spare.offer(bytes);
    }

    /** Makes room in {@link #shelf}, and returns where it begins. */
    int take(int length) {
        if (shelf.bytes.length - used < length) {
            shelf.release();
            byte[] bytes = length > SIZE ? null : spare.poll();
            shelf = new Shelf(bytes == null ? new byte[Math.max(SIZE, length)] : bytes);
            used = 0;
        }
        int offset = used;
        used += length;
        return offset;
    }

    Shelf shelf() {
        return shelf;
    }
}
