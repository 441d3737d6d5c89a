package io.varuna.plugin.mqtt;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message on its way from the broker to the rules. Used by the event loop, but for what is final. */
final class Inbound {
    final ByteBuf payload;
    final Map<String, @Nullable Object> metadata;
    final int qos;
    final int packetId;

    /** Counts the messages of a client from its start, over all connections. */
    final long sequence;

    /** How many subscriptions have still to say that the message is safe with them. */
    private int owed = 1;

    Inbound(ByteBuf payload, Map<String, @Nullable Object> metadata, int qos, int packetId, long sequence) {
        this.payload = payload;
        this.metadata = metadata;
        this.qos = qos;
        this.packetId = packetId;
        this.sequence = sequence;
    }

    /** The message goes to so many subscriptions, each of which releases the payload once. */
    void share(int receivers) {
        owed = receivers;
        if (receivers > 1) {
            payload.retain(receivers - 1);
        }
    }

    /** It is safe with one of them. */
    void settle() {
        owed--;
    }

    /** Tells whether the broker may forget the message. */
    boolean isSettled() {
        return owed <= 0;
    }
}
