package io.varuna.plugin.mqtt;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 1 and 2 that the broker is still to be told of, in the order in which they came. A ring of numbers, so
 * that a message costs no object. Used on the event loop.
 */
final class Receipts {
    private static final int QOS_SHIFT = 16;
    private static final int PACKET_ID = 0xFFFF;

    private final Map<Integer, ExactlyOnce> exactlyOnce = new HashMap<>();
    private long[] sequences = new long[64];
    private int[] packets = new int[64];
    private @Nullable Recipients[] recipients = new @Nullable Recipients[64];
    private int first;
    private int size;
    private long lastSequence;

    /** A message of QoS 2, until the broker releases its packet id. */
    private record ExactlyOnce(long sequence, Recipients to) {}

    /** Notes a message that goes to somebody; returns its number, which counts from 1 over all connections. */
    long add(int qos, int packetId, Recipients to) {
        long sequence = ++lastSequence;
        put(sequence, qos, packetId, to);
        if (qos == 2) {
            exactlyOnce.put(packetId, new ExactlyOnce(sequence, to));
        }
        return sequence;
    }

    /**
     * Tells whether a message of QoS 2 has been sent again after a reconnection: the rules have it, only the acknowledgement
     * was lost or is still due.
     */
    boolean addAgain(int packetId) {
        ExactlyOnce known = exactlyOnce.get(packetId);
        if (known != null) {
            put(known.sequence, 2, packetId, known.to);
        }
        return known != null;
    }

    private void put(long sequence, int qos, int packetId, Recipients to) {
        if (size == sequences.length) {
            grow();
        }
        int at = first + size & sequences.length - 1;
        sequences[at] = sequence;
        packets[at] = qos << QOS_SHIFT | packetId;
        recipients[at] = to;
        size++;
    }

    private void grow() {
        int length = sequences.length;
        sequences = Arrays.copyOf(sequences, 2 * length);
        packets = Arrays.copyOf(packets, 2 * length);
        recipients = Arrays.copyOf(recipients, 2 * length);
        // what had begun anew at the start follows the rest
        System.arraycopy(sequences, 0, sequences, length, first);
        System.arraycopy(packets, 0, packets, length, first);
        System.arraycopy(recipients, 0, recipients, length, first);
    }

    /** Returns how many messages may be acknowledged: up to the first that is not safe, for their order is the law. */
    int settled() {
        int count = 0;
        while (count < size) {
            int at = first + count & sequences.length - 1;
            Recipients to = recipients[at];
            if (to != null && !to.haveSafe(sequences[at])) {
                break;
            }
            count++;
        }
        return count;
    }

    /** Writes the acknowledgements of the first messages, and forgets them. */
    void acknowledge(int count, ByteBuf out) {
        for (int i = 0; i < count; i++) {
            int packet = packets[first];
            Packets.writeReceived(out, packet >> QOS_SHIFT, packet & PACKET_ID);
            recipients[first] = null;
            first = first + 1 & sequences.length - 1;
        }
        size -= count;
    }

    /** The broker has released a packet id of QoS 2. */
    void release(int packetId) {
        exactlyOnce.remove(packetId);
    }

    /** The connection is lost: the broker will send again what was not acknowledged. */
    void clear() {
        Arrays.fill(recipients, null);
        size = 0;
    }

    /** The session is lost as well, and packet ids mean other messages. */
    void forgetSession() {
        clear();
        exactlyOnce.clear();
    }
}
