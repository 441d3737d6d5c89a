package io.varuna.benchmarks.message;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Messages one behind the other in one array, as they are in the buffer of a network connection. The same every time. The
 * array belongs to whoever made the messages.
 */
public final class Messages {
    /** So many bytes can be read beyond the last message. */
    public static final int PADDING = 32;

    private static final long SEED = 20_231_114;
    /** Numbers of devices are this much apart from one message to the next, so that neighbours in memory are not used in turn. */
    private static final long STRIDE = 611_953;

    private final byte[] bytes;
    private final int[] starts;

    /** Where the last digit of the time of each message is. */
    private final int[] times;

    private Messages(byte[] bytes, int[] starts, int[] times) {
        this.bytes = bytes;
        this.starts = starts;
        this.times = times;
    }

    /**
     * Makes messages whose time goes on by a millisecond each.
     *
     * @param devices how many devices send in turn; each is a key
     */
    public static Messages of(Shape shape, int count, int devices) {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] bytes = new byte[1 << 16];
        int[] starts = new int[count + 1];
        int[] times = new int[count];
        int size = 0;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.setLength(0);
            shape.write(text, Shape.Reading.of(i, (int) (i * STRIDE % devices), random), random);
            byte[] message = text.toString().getBytes(StandardCharsets.US_ASCII);
            if (size + message.length + PADDING > bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            System.arraycopy(message, 0, bytes, size, message.length);
            starts[i] = size;
            times[i] = size + text.indexOf(",", text.indexOf("\"ts\":")) - 1;
            size += message.length;
        }
        starts[count] = size;
        return new Messages(bytes, starts, times);
    }

    /** Makes all messages later by some milliseconds, the quicker the more zeros these end with. */
    public void moveOn(long millis) {
        int zeros = 0;
        long added = millis;
        while (added > 0 && added % 10 == 0) {
            added /= 10;
            zeros++;
        }
        for (int last : times) {
            int at = last - zeros;
            for (long left = added; left > 0; at--) {
                long sum = bytes[at] - '0' + left % 10;
                bytes[at] = (byte) ('0' + sum % 10);
                left = left / 10 + sum / 10;
            }
        }
    }

    public int count() {
        return starts.length - 1;
    }

    /** Returns the array with all messages. */
    public byte[] bytes() {
        return bytes;
    }

    public int start(int message) {
        return starts[message];
    }

    public int end(int message) {
        return starts[message + 1];
    }

    public String text(int message) {
        return new String(bytes, start(message), end(message) - start(message), StandardCharsets.UTF_8);
    }

    public double meanSize() {
        return (double) starts[count()] / count();
    }

    /** Writes the messages as lines. */
    public void writeLines(OutputStream out) throws IOException {
        for (int i = 0; i < count(); i++) {
            out.write(bytes, start(i), end(i) - start(i));
            out.write('\n');
        }
    }
}
