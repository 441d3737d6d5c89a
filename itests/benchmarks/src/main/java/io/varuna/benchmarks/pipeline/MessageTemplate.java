package io.varuna.benchmarks.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What messages of one shape have in common, learned from one of them: names and punctuation, and between them values.
 * Values that nobody needs are passed over.
 */
final class MessageTemplate {
    /** A value, and what is before it. */
    record Slot(Literal before, Kind kind, int column) {}

    /** What stands in a place. */
    enum Kind {
        TEXT,
        BARE,
        ARRAY
    }

    private final byte[] sample;
    private final Map<String, Integer> columns;
    private final List<Slot> slots = new ArrayList<>();
    private int literalStart;
    private int at;

    private MessageTemplate(byte[] sample, Map<String, Integer> columns) {
        this.sample = sample;
        this.columns = columns;
    }

    /** Returns the slots of a message. Members of the record that are columns have their number, others -1. */
    static List<Slot> learn(byte[] sample, int from, Map<String, Integer> columns) {
        MessageTemplate template = new MessageTemplate(sample, columns);
        template.at = from;
        template.literalStart = from;
        template.object(true);
        return List.copyOf(template.slots);
    }

    private void object(boolean record) {
        do {
            // behind the brace or comma
            at++;
            int nameStart = at + 1;
            int nameEnd = Scan.text(sample, nameStart);
            at = nameEnd + 2;
            String name = new String(sample, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
            value(record ? columns.getOrDefault(name, -1) : -1);
        } while (sample[at] == ',');
        at++;
    }

    private void value(int column) {
        switch (sample[at]) {
            case '{' -> object(false);
            case '[' -> slot(Kind.ARRAY, at, column);
            case '"' -> slot(Kind.TEXT, at + 1, column);
            default -> slot(Kind.BARE, at, column);
        }
    }

    private void slot(Kind kind, int start, int column) {
        slots.add(new Slot(new Literal(sample, literalStart, start), kind, column));
        literalStart = switch (kind) {
            case ARRAY -> Scan.array(sample, start);
            case TEXT -> Scan.text(sample, start);
            case BARE -> Scan.bare(sample, start);
        };
        // the closing quote belongs to what follows
        at = kind == Kind.TEXT ? literalStart + 1 : literalStart;
    }
}
