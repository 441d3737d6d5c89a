package io.varuna.benchmarks.mqtt;

import io.varuna.benchmarks.message.Messages;
import java.nio.charset.StandardCharsets;

/** Messages as PUBLISH packets of MQTT 3.1.1, one behind the other. The packet id of each is its number, from 1. */
final class Frames {
    /** The topic of all messages. */
    static final String TOPIC = "plant-7/line-12/machine";
    /** There are no more packet ids. */
    static final int MOST = 65_535;

    private static final int PUBLISH = 0x30;
    private static final int LENGTH_BITS = 7;
    private static final int MORE = 0x80;

    private final byte[] bytes;
    private final int[] ends;

    private Frames(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    static Frames of(Messages messages, int qos) {
        if (messages.count() > MOST) {
            throw new IllegalArgumentException("No more than " + MOST + " messages, not " + messages.count());
        }
        byte[] topic = TOPIC.getBytes(StandardCharsets.US_ASCII);
        int overhead = topic.length + 10;
        byte[] bytes = new byte[messages.end(messages.count() - 1) + messages.count() * overhead];
        int[] ends = new int[messages.count()];
        int at = 0;
        for (int i = 0; i < messages.count(); i++) {
            int length = messages.end(i) - messages.start(i);
            bytes[at++] = (byte) (PUBLISH | qos << 1);
            at = length(bytes, at, 2 + topic.length + (qos > 0 ? 2 : 0) + length);
            at = number(bytes, at, topic.length);
            System.arraycopy(topic, 0, bytes, at, topic.length);
            at += topic.length;
            if (qos > 0) {
                at = number(bytes, at, i + 1);
            }
            System.arraycopy(messages.bytes(), messages.start(i), bytes, at, length);
            at += length;
            ends[i] = at;
        }
        return new Frames(bytes, ends);
    }

    private static int length(byte[] bytes, int from, int length) {
        int at = from;
        int rest = length;
        while (rest >= MORE) {
            bytes[at++] = (byte) (rest | MORE);
            rest >>>= LENGTH_BITS;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    private static int number(byte[] bytes, int at, int number) {
        bytes[at] = (byte) (number >> Byte.SIZE);
        bytes[at + 1] = (byte) number;
        return at + 2;
    }

    int count() {
        return ends.length;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Returns where a number of frames ends. */
    int end(int frames) {
        return frames == 0 ? 0 : ends[frames - 1];
    }
}
