package io.varuna.benchmarks.pipeline;

import io.varuna.benchmarks.message.Messages;
import java.util.List;
import java.util.Map;

/**
 * Answers the question, and no other, by hand: what a good programmer reaches who knows the messages beforehand. Works only
 * for messages with one and the same order of members.
 */
public final class SpeedOfLight implements Trial {
    private static final int TEMPERATURE = 0;
    private static final int HUMIDITY = 1;
    private static final int STATUS = 2;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private final Messages messages;
    private final Output output;
    private final MessageTemplate.Slot[] slots;
    private final ByteWriter writer = new ByteWriter();
    private final Literal ok = new Literal(new byte[] {'o', 'k', '"'}, 0, 3);

    public SpeedOfLight(Messages messages, Output output) {
        this.messages = messages;
        this.output = output;
        List<MessageTemplate.Slot> learned = MessageTemplate.learn(
                messages.bytes(),
                messages.start(0),
                Map.of("temperature", TEMPERATURE, "humidity", HUMIDITY, "status", STATUS));
        this.slots = learned.toArray(MessageTemplate.Slot[]::new);
    }

    @Override
    public long run() {
        byte[] bytes = messages.bytes();
        for (int i = 0; i < messages.count(); i++) {
            accept(bytes, messages.start(i));
        }
        return messages.count();
    }

    /** Processes the message that begins at a place. */
    public void accept(byte[] bytes, int start) {
        int at = start;
        double temperature = 0;
        long humidity = 0;
        boolean working = false;
        for (MessageTemplate.Slot slot : slots) {
            if (!slot.before().isAt(bytes, at)) {
                throw new IllegalStateException("A message of another shape");
            }
            at += slot.before().length();
            int end =
                    switch (slot.kind()) {
                        case TEXT -> Scan.text(bytes, at);
                        case BARE -> Scan.bare(bytes, at);
                        case ARRAY -> Scan.array(bytes, at);
                    };
            if (slot.column() == TEMPERATURE) {
                temperature = decimal(bytes, at, end);
            } else if (slot.column() == HUMIDITY) {
                humidity = whole(bytes, at, end);
            } else if (slot.column() == STATUS) {
                working = ok.isAt(bytes, at);
            }
            at = end;
        }
        if (temperature > 20 && working) {
            writer.begin();
            writer.literal("{\"f\":");
            writer.decimal(temperature * 1.8 + 32);
            writer.literal(",\"humidity\":");
            writer.whole(humidity);
            writer.literal("}");
            output.message(writer.bytes(), 0, writer.size());
        }
    }

    static long whole(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return negative ? -value : value;
    }

    /** Reads a number of few digits and without an exponent, exactly. */
    static double decimal(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        long digits = 0;
        int point = to - 1;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            if (bytes[i] == '.') {
                point = i;
            } else {
                digits = digits * 10 + bytes[i] - '0';
            }
        }
        double value = digits / POWERS[to - 1 - point];
        return negative ? -value : value;
    }
}
