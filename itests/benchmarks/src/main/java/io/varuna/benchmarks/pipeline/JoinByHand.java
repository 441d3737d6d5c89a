package io.varuna.benchmarks.pipeline;

import io.varuna.benchmarks.message.Messages;
import io.varuna.benchmarks.message.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Joins by hand: a map of lists by key, and messages whose order of members is known. */
public final class JoinByHand implements Trial {
    private static final int ID = 0;
    private static final int TEMPERATURE = 1;
    private static final int HUMIDITY = 2;

    private final Messages messages;
    private final boolean windowed;
    private final MessageTemplate.Slot[] slots;
    private final Map<String, List<Long>> humidities = new HashMap<>();
    private String id = "";
    private double temperature;
    private long humidity;
    private long rows;
    private double sum;

    private JoinByHand(Messages messages, boolean windowed) {
        this.messages = messages;
        this.windowed = windowed;
        this.slots = MessageTemplate.learn(
                        messages.bytes(),
                        messages.start(0),
                        Map.of("id", ID, "temperature", TEMPERATURE, "humidity", HUMIDITY))
                .toArray(MessageTemplate.Slot[]::new);
    }

    /** Joins two streams within windows. */
    public static JoinByHand ofStreams() {
        return new JoinByHand(Messages.of(Shape.SMALL, 10 * JoinTrial.KEYS, JoinTrial.KEYS), true);
    }

    /** Joins a stream with a table. */
    public static JoinByHand withTable() {
        JoinByHand trial = new JoinByHand(Messages.of(Shape.SMALL, JoinTrial.TABLE_ROWS, JoinTrial.TABLE_ROWS), false);
        trial.gather(0, trial.messages.count());
        return trial;
    }

    @Override
    public long run() {
        if (!windowed) {
            pair(0, messages.count());
            return messages.count();
        }
        for (int from = 0; from < messages.count(); from += JoinTrial.KEYS) {
            humidities.clear();
            gather(from, from + JoinTrial.KEYS);
            pair(from, from + JoinTrial.KEYS);
        }
        return 2L * messages.count();
    }

    private void gather(int from, int to) {
        for (int i = from; i < to; i++) {
            read(messages.bytes(), messages.start(i));
            humidities.computeIfAbsent(id, key -> new ArrayList<>(1)).add(humidity);
        }
    }

    private void pair(int from, int to) {
        for (int i = from; i < to; i++) {
            read(messages.bytes(), messages.start(i));
            for (long other : humidities.getOrDefault(id, List.of())) {
                rows++;
                sum += temperature + other;
            }
        }
    }

    private void read(byte[] bytes, int start) {
        int at = start;
        for (MessageTemplate.Slot slot : slots) {
            if (!slot.before().isAt(bytes, at)) {
                throw new IllegalStateException("A message of another shape");
            }
            at += slot.before().length();
            int end = slot.kind() == MessageTemplate.Kind.TEXT ? Scan.text(bytes, at) : Scan.bare(bytes, at);
            switch (slot.column()) {
                case ID -> id = new String(bytes, at, end - at, StandardCharsets.US_ASCII);
                case TEMPERATURE -> temperature = SpeedOfLight.decimal(bytes, at, end);
                case HUMIDITY -> humidity = SpeedOfLight.whole(bytes, at, end);
                default -> {
                    // a value that nobody needs
                }
            }
            at = end;
        }
    }

    /** Returns how many rows came out so far. */
    public long rows() {
        return rows;
    }

    /** Returns the sum of their numbers, so that they are computed. */
    public double sum() {
        return sum;
    }
}
