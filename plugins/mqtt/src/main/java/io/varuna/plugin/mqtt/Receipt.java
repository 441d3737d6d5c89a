package io.varuna.plugin.mqtt;

/** What the broker is to be told of a message of QoS 1 or 2, and when. Used by the event loop, but for what is final. */
final class Receipt {
    final int qos;
    final int packetId;

    /** Counts the messages of a client from its start, over all connections. */
    final long sequence;

    /** How many subscriptions have still to say that the message is safe with them. */
    private int owed = 1;

    Receipt(int qos, int packetId, long sequence) {
        this.qos = qos;
        this.packetId = packetId;
        this.sequence = sequence;
    }

    /** The message goes to so many subscriptions. */
    void share(int receivers) {
        owed = receivers;
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
